namespace AniWorld.Services.Catalogue;

/// <summary>Addresses that stand on a page.</summary>
internal static class WebAddress
{
    /// <summary><paramref name="reference"/> as seen from <paramref name="page"/>; <see langword="null"/> unless it is http or https.</summary>
    public static Uri? Resolve(Uri page, string? reference) =>
        !string.IsNullOrWhiteSpace(reference) && Uri.TryCreate(page, reference.Trim(), out var address) && IsWeb(address) ? address : null;

    public static bool IsWeb(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    /// <summary>Whether scheme, host and port are the same (RFC 6454).</summary>
    public static bool SameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
