using System.Net;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Configuration;

/// <summary>Addresses and names of hosts.</summary>
internal static partial class NetworkRules
{
    public static IEnumerable<ConfigProblem> Check(NetworkOptions network)
    {
        var problems = new List<ConfigProblem>();
        AddEach(network.AllowPrivateHosts, "network.allow_private_hosts", IsHostAndPort, new Sentence("host_and_port"));
        AddEach(network.KnownProxies, "network.known_proxies", IsAddressOrNetwork, new Sentence("address_or_network"));
        AddEach(network.PublicHosts, "network.public_hosts", IsHost, new Sentence("host_name"));
        if (!IsWebAddress(network.Proxy))
        {
            problems.Add(new("network.proxy", new Sentence("proxy_address")));
        }

        return problems;

        void AddEach(IReadOnlyList<string> hosts, string path, Func<string, bool> holds, Sentence otherwise) => problems.AddRange(
            hosts.Index().Where(host => !holds(host.Item)).Select(host => new ConfigProblem($"{path}.{host.Index}", otherwise)));
    }

    public static IEnumerable<ConfigProblem> Check(IReadOnlyDictionary<string, ProviderOptions> providers)
    {
        foreach (var (name, provider) in providers)
        {
            if (!ProviderName().IsMatch(name))
            {
                yield return new($"providers.{name}", new Sentence("provider_name"));
            }

            if (!IsWebAddress(provider.BaseUrl))
            {
                yield return new($"providers.{name}.base_url", new Sentence("web_address"));
            }
        }
    }

    public static bool IsWebAddress(string? text) =>
        string.IsNullOrEmpty(text) || (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0);

    private static bool IsHostAndPort(string text) => HostAndPort().Match(text) is { Success: true } match
        && ushort.TryParse(match.Groups["port"].Value, out var port) && port > 0 && IsHostName(match.Groups["host"].Value);

    private static bool IsHost(string text) => IsHostName(text) || IsHostAndPort(text);

    private static bool IsAddressOrNetwork(string text) => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _);

    private static bool IsHostName(string text) => Uri.CheckHostName(text) is not UriHostNameType.Unknown and not UriHostNameType.Basic;

    /// <summary>An IPv6 address stands in brackets.</summary>
    [GeneratedRegex(@"\A(?<host>\[[0-9a-fA-F:.]+\]|[^\[\]:/\s]+):(?<port>[0-9]{1,5})\z")]
    private static partial Regex HostAndPort();

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex ProviderName();
}
