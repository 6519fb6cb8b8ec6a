namespace AniWorld.Services.Outbound;

/// <summary>What a client asks a proxy for (RFC 9112, section 3.2).</summary>
/// <param name="IsTunnel">A tunnel to host and port; otherwise one request, over plain http.</param>
/// <param name="Head">What the server is sent in place of the head that came; empty for a tunnel.</param>
internal sealed record ProxyRequest(string Host, int Port, bool IsTunnel, string Head)
{
    /// <returns><see langword="null"/> for what is no such request.</returns>
    public static ProxyRequest? Parse(string head)
    {
        var lines = head.Split("\r\n");
        var parts = lines[0].Split(' ');
        if (parts.Length != 3)
        {
            return null;
        }

        if (parts[0] == "CONNECT")
        {
            return Uri.TryCreate($"https://{parts[1]}", UriKind.Absolute, out var tunnel) && tunnel is { PathAndQuery: "/", UserInfo: "" }
                ? new(tunnel.IdnHost, tunnel.Port, true, "")
                : null;
        }

        if (!Uri.TryCreate(parts[1], UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
        {
            return null;
        }

        // One request per connection: the next one may be for another host.
        var headers = lines.Skip(1).Where(line => line.Length > 0 && !IsForProxy(line));
        return new(
            address.IdnHost, address.Port, false,
            string.Join("\r\n", [$"{parts[0]} {address.PathAndQuery} {parts[2]}", .. headers, "Connection: close", "", ""]));
    }

    private static bool IsForProxy(string header) =>
        header.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("Keep-Alive:", StringComparison.OrdinalIgnoreCase);
}
