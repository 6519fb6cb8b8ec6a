using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>Keeps what all transfers share as the settings and the hour want it, also while they run.</summary>
public sealed class LimitService(TransferLimits limits, NodeShare share, IOptionsMonitor<AniWorldOptions> options, TimeProvider time) : BackgroundService
{
    /// <summary>How late a rule of the schedule may begin.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private IDisposable? _changed;

    /// <summary>The limit that holds now.</summary>
    public SpeedLimit Current => SpeedSchedule.At(time.GetUtcNow(), options.CurrentValue);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Heard before anything else can be changed: the loop below begins some time later.
        _changed = options.OnChange(_ => Apply());
        Apply();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _changed?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EveryAsync(Interval, ApplyAsync, stoppingToken);

    private Task ApplyAsync(CancellationToken cancellationToken)
    {
        Apply();
        return Task.CompletedTask;
    }

    private void Apply()
    {
        // Of what holds for all nodes together, this one's part.
        var speed = Part(Current.BytesPerSecond);
        if (limits.BytesPerSecond != speed)
        {
            limits.BytesPerSecond = speed;
        }

        var perHost = (int)Part(options.CurrentValue.Downloads.PerHost);
        if (limits.ConnectionsPerHost != perHost)
        {
            limits.ConnectionsPerHost = perHost;
        }
    }

    /// <summary>At least 1 of what has a limit; 0 is none.</summary>
    private long Part(long whole) => whole == 0 ? 0 : Math.Max(1, (long)(whole * share.Part));
}
