using AniWorld.Data.Library;

namespace AniWorld.Blazor.Library;

/// <summary>What clicks ask for.</summary>
public sealed partial class SeriesPage
{
    private bool _busy;

    /// <summary>One thing at a time: further clicks while it goes on do nothing.</summary>
    private async Task DoAsync(Func<Task> action)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        await actions.TryAsync(action);
        _busy = false;
        _refresher.Ask();
    }

    /// <summary>The same, after which nothing is selected if it went well.</summary>
    private Task DoAsync(Func<Task<bool>> action) => DoAsync(async () =>
    {
        if (await action())
        {
            ClearSelection();
        }
    });

    private Task FetchMissingAsync() => FetchAsync([.. _board.Seasons.SelectMany(season => season.Missing)], null);

    private Task FetchAsync(IReadOnlyList<EpisodeLine> lines, Language? language) => DoAsync(() => episodes.FetchAsync(Key, lines, language));

    private Task FetchAsync(IReadOnlyList<CoverageCell> cells) => DoAsync(() => episodes.FetchAsync(Key, cells));

    private Task IgnoreAsync((IReadOnlyList<EpisodeLine> Lines, bool Ignored) choice) =>
        DoAsync(() => episodes.IgnoreAsync(Key, choice.Lines, choice.Ignored));

    private Task WantAsync(EpisodeLine line) => DoAsync(() => episodes.WantAsync(Key, line));

    private Task RemoveFilesAsync((EpisodeLine Line, Language Language) choice) =>
        DoAsync(() => episodes.RemoveFilesAsync(Key, choice.Line, choice.Language));

    private Task FetchAgainAsync((EpisodeLine Line, Language Language) choice) =>
        DoAsync(() => episodes.FetchAgainAsync(Key, choice.Line, choice.Language));

    private Task AssignAsync((IReadOnlyList<EpisodeLine> Lines, Language Language) choice) =>
        DoAsync(() => episodes.AssignLanguageAsync(Key, choice.Lines, choice.Language));

    /// <summary>To all of the series' files of unknown language.</summary>
    private Task AssignAllAsync(Language language) => AssignAsync(([.. _board.Seasons.SelectMany(season => season.Episodes)], language));

    private Task MonitorAsync(bool monitored) => DoAsync(() => series.MonitorAsync(Key, monitored));

    private Task FollowAsync(string? profile) => DoAsync(() => series.FollowAsync(Key, profile));

    private Task RefreshAsync(int? hours) => DoAsync(() => series.RefreshAsync(Key, hours));

    private Task RenameAsync() => DoAsync(() => series.RenameAsync(Key));

    private Task RemoveAsync() => DoAsync(() => series.RemoveAsync(_detail!.Summary));
}
