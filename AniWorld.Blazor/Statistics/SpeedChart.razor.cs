using System.Globalization;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Statistics;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Statistics;

/// <summary>How fast downloads were over the last hour. Draws itself again every few seconds.</summary>
public sealed partial class SpeedChart(SpeedHistory history, TimeProvider time) : ComponentBase, IDisposable
{
    private const double Mebi = 1 << 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<SpeedSample> _samples = [];

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    private double Peak => _samples.Max(sample => sample.BytesPerSecond ?? 0);

    private string Sum => Peak == 0
        ? StatisticsTexts.Of("SpeedNone")
        : StatisticsTexts.Of(
            "SpeedSum",
            Amount.Speed(_samples[^1].BytesPerSecond ?? 0),
            Amount.Speed(Peak),
            Amount.Speed(_samples.Average(sample => sample.BytesPerSecond) ?? 0));

    private IReadOnlyList<IReadOnlyList<string>> Rows => Peak == 0
        ? []
        :
        [
            .. _samples.Reverse().Select(sample => new[]
            {
                Clock(sample), sample.BytesPerSecond is { } speed ? Amount.Speed(speed) : StatisticsTexts.Of("NotMeasured"),
            }),
        ];

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnInitialized()
    {
        _samples = history.Read();
        _ = FollowAsync();
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_leaving.Token))
            {
                await InvokeAsync(() =>
                {
                    _samples = history.Read();
                    StateHasChanged();
                });
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone.
        }
    }

    private string Clock(SpeedSample sample) => TimeZoneInfo.ConvertTime(sample.At, Zone).ToString("t", CultureInfo.CurrentCulture);
}
