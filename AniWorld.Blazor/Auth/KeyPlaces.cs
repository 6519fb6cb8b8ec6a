using AniWorld.Blazor.Library;
using AniWorld.Services.Auth;

namespace AniWorld.Blazor.Auth;

/// <summary>Where an API key may stand: the header, and for the calendar alone the address, because calendar programs send no headers.</summary>
internal static class KeyPlaces
{
    private const string Parameter = "key";

    public static bool HasKey(HttpRequest request) => request.Headers.ContainsKey(ApiKeyHandler.Header) || IsInAddress(request);

    public static bool IsInAddress(HttpRequest request) =>
        !request.Headers.ContainsKey(ApiKeyHandler.Header)
        && request.Path.Equals(CalendarEndpoints.Address, StringComparison.OrdinalIgnoreCase)
        && request.Query.ContainsKey(Parameter);

    public static string Read(HttpRequest request) =>
        IsInAddress(request) ? request.Query[Parameter].ToString() : request.Headers[ApiKeyHandler.Header].ToString();

    /// <summary>Addresses are copied about and end up in other programs' files: a key that may do more than read may do nothing there.</summary>
    public static Credentials Allowed(HttpRequest request, Credentials credentials) =>
        IsInAddress(request) && credentials.Scopes is not [Scope.Read] ? credentials with { Scopes = [] } : credentials;
}
