using System.Net;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Auth;

/// <summary>
/// Answers only to names that nobody outside can point here: a public name that is not configured is a page of another site
/// that resolved its own name to this address (DNS rebinding).
/// </summary>
internal static class HostFilter
{
    private static readonly string[] HomeDomains = [".local", ".lan", ".home.arpa", ".localhost"];

    public static IApplicationBuilder UseHostFilter(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptionsMonitor<AniWorldOptions>>();
        return app.Use((context, next) => IsAccepted(context.Request.Host, options.CurrentValue.Network.PublicHosts)
            ? next(context)
            : Problems.BadRequest(
                "AniWorld does not answer to this name. Use its address, or add the name under network.public_hosts.").ExecuteAsync(context));
    }

    /// <param name="publicHosts">Names, with or without a port; a port given must match.</param>
    public static bool IsAccepted(HostString host, IReadOnlyList<string> publicHosts)
    {
        var name = host.Host?.TrimEnd('.') ?? "";
        return name.Length > 0
            && (IPAddress.TryParse(name, out _)
                || !name.Contains('.')
                || HomeDomains.Any(domain => name.EndsWith(domain, StringComparison.OrdinalIgnoreCase))
                || publicHosts.Any(known => Fits(new HostString(known), name, host.Port)));
    }

    private static bool Fits(HostString known, string name, int? port) =>
        known.Host.TrimEnd('.').Equals(name, StringComparison.OrdinalIgnoreCase) && (known.Port is null || known.Port == port);
}
