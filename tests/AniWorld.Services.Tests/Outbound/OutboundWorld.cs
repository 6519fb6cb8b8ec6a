using System.Net;
using AniWorld.Services.Configuration;
using AniWorld.Services.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Tests.Outbound;

/// <summary>The way out as the host registers it, with a setting and a look-up that a test can change.</summary>
internal sealed class OutboundWorld : IOptionsMonitor<AniWorldOptions>, IDisposable
{
    private readonly ServiceProvider _services;

    public OutboundWorld(TimeProvider? time = null, params string[] allowed)
    {
        CurrentValue = new() { Network = new() { AllowPrivateHosts = allowed } };
        _services = new ServiceCollection()
            .AddSingleton<IOptionsMonitor<AniWorldOptions>>(this)
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton<ResolveHost>((host, cancellationToken) => Resolve(host, cancellationToken))
            .AddOutbound()
            .BuildServiceProvider();
    }

    public AniWorldOptions CurrentValue { get; set; }

    public ResolveHost Resolve { get; set; } = Dns.GetHostAddressesAsync;

    public OutboundClient Client => _services.GetRequiredService<OutboundClient>();

    public BoundedContent Content => _services.GetRequiredService<BoundedContent>();

    public void Allow(params string[] hosts) =>
        CurrentValue = CurrentValue with { Network = CurrentValue.Network with { AllowPrivateHosts = hosts } };

    public AniWorldOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<AniWorldOptions, string?> listener) => null;

    public void Dispose() => _services.Dispose();
}
