using System.Globalization;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Library;
using AniWorld.Blazor.Scheduling;
using AniWorld.Services.Progress;
using AniWorld.Services.Statistics;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Statistics;

/// <summary>How fast, how much and what takes room.</summary>
public sealed partial class StatisticsPage(LiveFeed live, LibraryStatistics statistics, IJSRuntime browser, TimeProvider time) : LiveComponent(live)
{
    private const int Days = 30;
    private const double Gibi = 1L << 30;

    /// <summary>All files are added up.</summary>
    private static readonly TimeSpan ReadApart = TimeSpan.FromSeconds(30);

    private Refresher _refresher = null!;
    private LibraryFigures? _figures;
    private IReadOnlyList<SizeShare> _series = [];
    private IReadOnlyList<SizeShare> _languages = [];
    private TimeZoneInfo? _zone;
    private string? _failure;

    private TimeZoneInfo Zone => _zone ?? time.LocalTimeZone;

    private string DownloadsSum => _figures!.Days.Sum(day => day.Downloads) is > 0 and var sum
        ? StatisticsTexts.Of("DownloadsSum", sum, Days, _figures.Days[^1].Downloads)
        : StatisticsTexts.Of("DownloadsNone", Days);

    private string GrowthSum => StatisticsTexts.Of(
        "GrowthSum", Amount.Bytes(_figures!.Bytes), StatisticsTexts.Count("Files", _figures.Files), Amount.Bytes(_figures.Days[^1].Bytes - _figures.Days[0].Bytes), Days);

    private IReadOnlyList<IReadOnlyList<string>> DownloadRows =>
        [.. _figures!.Days.Reverse().Select(day => new[] { Spelled(day), day.Downloads.ToString("N0", CultureInfo.CurrentCulture) })];

    private IReadOnlyList<IReadOnlyList<string>> GrowthRows => [.. _figures!.Days.Reverse().Select(day => new[] { Spelled(day), Amount.Bytes(day.Bytes) })];

    protected override async Task OnInitializedAsync()
    {
        _refresher = new Refresher(LoadAsync, time, Leaving, ReadApart);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await UserTimeZone.AskAsync(browser) is { } zone && !zone.Equals(Zone))
        {
            _zone = zone;
            await LoadAsync();
        }
    }

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        if (batch.Tells<DownloadCompleted>() || batch.Tells<ScanCompleted>())
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        try
        {
            var figures = await statistics.ReadAsync(Days, Zone, Leaving);
            _series = SizeShare.Of([.. figures.Series.Select(one => new SizeShare(one.Name, one.Bytes, $"series/{one.Key}"))]);
            _languages = SizeShare.Of([.. figures.Languages.Select(one => new SizeShare(LanguageName.Long(one.Language), one.Bytes, null))]);
            (_figures, _failure) = (figures, null);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }

        StateHasChanged();
    }

    private static string Label(LibraryDay day) => SaidDate.Of(day.On, "d MMM");

    private static string Spelled(LibraryDay day) => day.On.ToString("D", CultureInfo.CurrentCulture);
}
