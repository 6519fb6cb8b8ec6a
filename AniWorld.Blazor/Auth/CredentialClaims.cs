using System.Globalization;
using System.Security.Claims;
using AniWorld.Services.Auth;

namespace AniWorld.Blazor.Auth;

/// <summary>Credentials as claims, and back: <c>jti</c> the session or key, <c>exp</c> its end, <c>scope</c> one per scope.</summary>
internal static class CredentialClaims
{
    private const string Id = "jti";
    private const string End = "exp";
    private const string ScopeType = "scope";

    public static ClaimsPrincipal ToPrincipal(this Credentials credentials, string channel)
    {
        var claims = credentials.Scopes.Select(scope => new Claim(ScopeType, scope)).Prepend(new Claim(Id, credentials.Id)).ToList();
        if (credentials.ExpiresAt is { } end)
        {
            claims.Add(new Claim(End, end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, channel));
    }

    /// <returns><see langword="null"/> for somebody who is not logged in.</returns>
    public static Credentials? Credentials(this ClaimsPrincipal user)
    {
        if (user is not { Identity.IsAuthenticated: true } || user.FindFirstValue(Id) is not { } id)
        {
            return null;
        }

        var end = user.FindFirstValue(End) is { } seconds
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture))
            : (DateTimeOffset?)null;
        var isKey = id.StartsWith(ApiKeyService.CredentialId(""), StringComparison.Ordinal);
        return new Credentials(id, !isKey, [.. user.FindAll(ScopeType).Select(c => c.Value)], end);
    }

    public static string? SessionId(this ClaimsPrincipal user) => user.Credentials() is { IsSession: true } session ? session.Id : null;

    public static bool Has(this ClaimsPrincipal user, string scope) => user.HasClaim(ScopeType, scope);
}
