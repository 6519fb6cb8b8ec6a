namespace AniWorld.Blazor.Auth;

/// <summary>Where a log-in leads to: a path of this server below its base path, whatever the link says.</summary>
internal static class ReturnAddress
{
    public const string Start = "/";

    /// <remarks>
    /// Browsers read <c>//host</c> and <c>/\host</c> as another host, and drop tabs and line breaks before they look.
    /// </remarks>
    public static string Checked(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) && !address.Contains('\\') ? address : Start;
}
