using System.Diagnostics;
using AniWorld.Blazor.Progress;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Authorization;

namespace AniWorld.SocketBench;

/// <summary>AniWorld's hub and WebSocket endpoint as they are, without the log-in before them.</summary>
internal static class OurServer
{
    /// <summary>So much waits for the room that only the client which does not read has joined, that its connection is stuck at once.</summary>
    private const int Notices = 1_000;

    private static readonly Guid[] Ids = [.. Enumerable.Range(0, Script.Downloads).Select(_ => Guid.NewGuid())];
    private static readonly string Long = new('x', 16 << 10);

    public static async Task RunAsync()
    {
        var builder = Script.Builder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddProgress();
        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build());
        await using var app = builder.Build();
        app.UseAuthorization();
        app.MapProgressSocket();
        var hub = app.Services.GetRequiredService<ProgressService>();
        var sockets = app.Services.GetRequiredService<WebSocketService>();
        await Script.RunAsync(app, step => PlayAsync(hub, step), () => WaitForStalledAsync(sockets));
    }

    private static Task PlayAsync(ProgressService hub, int step)
    {
        if (step == 0)
        {
            for (var i = 0; i < Notices; i++)
            {
                hub.Publish(new SystemNotice("info", "bench", Long));
            }
        }

        foreach (var id in Ids)
        {
            hub.Publish(new DownloadProgressed(
                id, "attack-on-titan", "Attack on Titan (2013)", 1, 2, DownloadPhase.Downloading, step % 100, 100, 400, 3 << 20, TimeSpan.FromSeconds(12)));
        }

        if (step % Script.StepsPerEnd == 0)
        {
            hub.Publish(new DownloadCompleted(Guid.NewGuid(), "attack-on-titan", "Attack on Titan (2013)", 1, 2, "/library/e.mp4", 5 << 20, "de-dub"));
            hub.Publish(new QueueChanged(true, false, new QueueStatistics(10, 3, 3, 5, 1, 7 << 20, 1 << 20, TimeSpan.FromSeconds(90), 1L << 30)));
        }

        return Task.CompletedTask;
    }

    /// <summary>All readers have gone; the one that does not read goes when its time is up.</summary>
    private static async Task<string> WaitForStalledAsync(WebSocketService sockets)
    {
        var waited = Stopwatch.StartNew();
        while (sockets.Count > 0 && waited.Elapsed < TimeSpan.FromMinutes(1))
        {
            await Task.Delay(100);
        }

        return sockets.Count == 0 ? "closed" : "still open";
    }
}
