using System.CommandLine;
using AniWorld.Blazor.CommandLine;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Downloads;

/// <summary><c>aniworld queue</c>: how the queue stands, and its switches.</summary>
internal static class QueueCommand
{
    public static Command Create(CommandFrame frame)
    {
        var queue = frame.OnServer(
            new Command("queue", "Show the download queue"),
            (_, server, output, token) => ShowAsync(server.Api.GetAsync<QueueStatus>("/api/queue/status", token), output));
        queue.Subcommands.Add(Switch(frame, "start", "Let the queue take items"));
        queue.Subcommands.Add(Switch(frame, "stop", "Take no new item; active ones wait, and go on later where they were"));
        queue.Subcommands.Add(Switch(frame, "pause", "Hold all downloads"));
        queue.Subcommands.Add(Switch(frame, "resume", "Go on with held downloads"));
        queue.Subcommands.Add(frame.OnServer(new Command("retry", "Queue all failed downloads again"), async (_, server, output, token) =>
        {
            var retried = await server.Api.PostAsync<Retried>("/api/queue/retry", new RetryRequest(), token);
            output.Write(retried, () => output.Say($"{retried.Count} failed downloads are in the queue again."));
            return ExitCode.Done;
        }));
        queue.Subcommands.Add(Clear(frame));
        return queue;
    }

    private static Command Switch(CommandFrame frame, string name, string description) => frame.OnServer(
        new Command(name, description),
        (_, server, output, token) => ShowAsync(server.Api.PostAsync<QueueStatus>($"/api/queue/{name}", null, token), output));

    private static Command Clear(CommandFrame frame)
    {
        var failed = new Option<bool>("--failed") { Description = "Failed downloads, too, with what was fetched of them" };
        return frame.OnServer(new Command("clear", "Take completed downloads off the list; files stay") { failed }, async (given, server, output, token) =>
        {
            var removed = (await server.Api.DeleteAsync<Removed>("/api/queue/completed", token)).Count;
            removed += given.GetValue(failed) ? (await server.Api.DeleteAsync<Removed>("/api/queue/failed", token)).Count : 0;
            output.Write(new Removed(removed), () => output.Say($"{removed} downloads were taken off the list."));
            return ExitCode.Done;
        });
    }

    private static async Task<int> ShowAsync(Task<QueueStatus> asked, CommandOutput output)
    {
        var queue = await asked;
        output.Write(queue, () =>
        {
            output.Say(Headline(queue));
            DownloadItem[] items = [.. queue.ActiveDownloads, .. queue.PendingQueue, .. queue.FailedDownloads];
            if (items.Length > 0)
            {
                output.Table(["Series", "Episode", "Language", "Status", "Progress", ""], items.Select(Row));
            }
        });
        return ExitCode.Done;
    }

    private static string Headline(QueueStatus queue)
    {
        var state = !queue.IsRunning ? "stopped" : queue.IsPaused ? "paused" : "on";
        var counts = queue.Statistics;
        return $"The queue is {state}: {counts.ActiveCount} active, {counts.PendingCount} waiting, {counts.CompletedCount} complete, {counts.FailedCount} failed.";
    }

    private static string[] Row(DownloadItem item) =>
    [
        item.SerieId,
        new EpisodeNumber(item.Episode.Season, item.Episode.Episode).ToString(),
        item.Language,
        item.Status.ToString().ToLowerInvariant(),
        DownloadText.Progress(item.Progress),
        item.Error ?? "",
    ];
}
