using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>Keeps what all transfers share as the settings and the hour want it, also while they run.</summary>
public sealed class LimitService(TransferLimits limits, IOptionsMonitor<AniWorldOptions> options, TimeProvider time) : BackgroundService
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
        var speed = Current.BytesPerSecond;
        if (limits.BytesPerSecond != speed)
        {
            limits.BytesPerSecond = speed;
        }

        if (limits.ConnectionsPerHost != options.CurrentValue.Downloads.PerHost)
        {
            limits.ConnectionsPerHost = options.CurrentValue.Downloads.PerHost;
        }
    }
}
