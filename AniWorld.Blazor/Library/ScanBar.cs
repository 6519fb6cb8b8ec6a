using AniWorld.Blazor.CommandLine;
using AniWorld.Data.Library;
using Spectre.Console;

namespace AniWorld.Blazor.Library;

/// <summary>Shows how far a scan is, until it is over: a bar on a terminal, a line now and then in a pipe.</summary>
internal static class ScanBar
{
    private const int LinesApart = 20;

    /// <returns>The scan as it ended.</returns>
    public static async Task<ScanJson> FollowAsync(Func<Task<ScanJson>> look, TimeSpan pause, CommandOutput output, CancellationToken cancellationToken)
    {
        if (!output.IsTerminal)
        {
            var (looks, said) = (0, -1);
            return await WatchAsync(look, pause, scan =>
            {
                if (looks++ % LinesApart == 0 && scan.Total > 0 && scan.Current != said)
                {
                    output.Say($"{said = scan.Current} of {scan.Total} series");
                }
            }, cancellationToken);
        }

        return await AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(bars =>
            {
                var bar = bars.AddTask("Reading the library", maxValue: 1);
                bar.IsIndeterminate = true;
                return WatchAsync(look, pause, scan =>
                {
                    bar.IsIndeterminate = scan.Total == 0;
                    bar.Description = scan.Total == 0 ? "Reading the library" : $"{scan.Current} of {scan.Total} series";
                    bar.Value = scan.Total == 0 ? 0 : (double)scan.Current / scan.Total;
                }, cancellationToken);
            });
    }

    private static async Task<ScanJson> WatchAsync(
        Func<Task<ScanJson>> look, TimeSpan pause, Action<ScanJson> show, CancellationToken cancellationToken)
    {
        while (true)
        {
            var scan = await look();
            if (scan.State is not ScanState.Running)
            {
                return scan;
            }

            show(scan);
            await Task.Delay(pause, cancellationToken);
        }
    }
}
