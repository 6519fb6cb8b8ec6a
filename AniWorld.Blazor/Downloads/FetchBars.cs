using System.Globalization;
using Spectre.Console;

namespace AniWorld.Blazor.Downloads;

/// <summary>A bar for each transfer that is under way, for people at a terminal.</summary>
internal sealed class FetchBars : IFetchReport
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<FetchTransfer, ProgressTask> _bars = [];

    public Task ShowAsync(IReadOnlyList<FetchTransfer> transfers, CancellationToken over) => AnsiConsole.Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .StartAsync(async bars =>
        {
            while (await FetchClock.TickAsync(Interval, over))
            {
                foreach (var transfer in transfers)
                {
                    Draw(transfer, bars);
                }
            }
        });

    public void Completed(FetchTransfer transfer) => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[green]✓[/] {FetchText.Completed(transfer)}");

    public void Failed(FetchTransfer transfer) => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]✗[/] {FetchText.Failed(transfer)}");

    public void Over(IReadOnlyList<FetchTransfer> transfers)
    {
    }

    private void Draw(FetchTransfer transfer, ProgressContext bars)
    {
        if (!transfer.IsUnderWay)
        {
            if (_bars.GetValueOrDefault(transfer) is { IsFinished: false } ended)
            {
                ended.StopTask();
            }

            return;
        }

        if (!_bars.TryGetValue(transfer, out var bar))
        {
            _bars[transfer] = bar = bars.AddTask("", maxValue: 100);
        }

        var state = transfer.Look();
        var left = state.SecondsLeft is { } seconds ? FetchText.Clock(seconds) : "–:––";
        bar.Description = Markup.Escape($"{transfer.Name}  {FetchText.Speed(state)}  {left}");
        bar.IsIndeterminate = state.Percent is null;
        bar.Value = state.Percent ?? 0;
    }
}
