using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Notifications;
using AniWorld.Services.Outbound;
using AniWorld.Services.Progress;
using AniWorld.Services.Tests.Downloads.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Tests.Notifications;

/// <summary>Notifications as the host registers them, with real sockets and a clock whose waits are over at once.</summary>
internal sealed class NotificationWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public NotificationWorld(params NotificationOptions[] targets)
    {
        Options = new FixedOptions(new AniWorldOptions
        {
            Notifications = targets,
            Limits = new LimitOptions { HeaderSeconds = 300 },
            Downloads = new DownloadOptions { StallSeconds = 300 },
        });
        // The way out's own time limits stay, retries and quiet times are over at once.
        Time = new LeapingTime { Leaps = wait => wait < TimeSpan.FromSeconds(200) && wait != TimeSpan.FromMilliseconds(250) };
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IOptionsMonitor<AniWorldOptions>>(Options)
            .AddProgress()
            .AddOutbound()
            .AddNotifications()
            .BuildServiceProvider(validateScopes: true);
    }

    public FixedOptions Options { get; }

    public LeapingTime Time { get; }

    public LogBook Log { get; } = new();

    public NotificationService Service => _services.GetRequiredService<NotificationService>();

    public ProgressService Progress => _services.GetRequiredService<ProgressService>();

    public OutboundClient Outbound => _services.GetRequiredService<OutboundClient>();

    public Task<string?> TestAsync(NotificationOptions target) => Service.TestAsync(target, TestContext.Current.CancellationToken);

    /// <summary>Starts listening and tells of things.</summary>
    public async Task TellAsync(params ProgressEvent[] events)
    {
        await Service.StartAsync(TestContext.Current.CancellationToken);
        foreach (var one in events)
        {
            Progress.Publish(one);
        }
    }

    public static DownloadCompleted Completed(int number = 2, string folder = "Mondlotse (2013)") => new(
        Guid.NewGuid(), "mondlotse", folder, 1, number, $"{folder}/Season 01/x.mp4", 3 << 20, "de-dub");

    public static DownloadFailed Failed(string error, bool willRetry = false) =>
        new(Guid.NewGuid(), "mondlotse", "Mondlotse (2013)", 1, 2, error, willRetry, null);

    public static EpisodesFound Found(params int[] numbers) =>
        new("mondlotse", "Mondlotse (2013)", [.. numbers.Select(number => new EpisodeNumber(1, number))]);

    /// <summary>Waits for something that happens on other threads.</summary>
    public static async Task UntilAsync(Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!happened())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
