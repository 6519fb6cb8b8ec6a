using AniWorld.Blazor.Layout;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Downloads;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Library;

/// <summary>Does something to episodes of a series and says what became of it, with a way back where there is one.</summary>
public sealed class EpisodeActions(
    AnimeService anime, DownloadService downloads, FileRefetch refetch, UserActions actions, NavigationManager navigation)
{
    /// <param name="language"><see langword="null"/> lets the profile decide.</param>
    /// <returns>Whether anything was queued.</returns>
    public async Task<bool> FetchAsync(string key, IReadOnlyList<EpisodeLine> lines, Language? language)
    {
        var result = await downloads.EnqueueAsync(new EnqueueRequest(key, [.. lines.Select(line => line.Number)], DownloadPriority.Normal, language));
        if (result.Added.Count == 0)
        {
            actions.Say(EnqueueSentence.Of(result));
            return false;
        }

        actions.Offer(EnqueueSentence.Of(result), LibraryTexts.Of("ShowQueue"), () =>
        {
            navigation.NavigateTo("queue");
            return Task.CompletedTask;
        });
        return true;
    }

    /// <summary>Each in its own language.</summary>
    /// <returns>Whether anything was queued.</returns>
    public async Task<bool> FetchAsync(string key, IReadOnlyList<CoverageCell> cells)
    {
        // Before it changes: what was to be fetched anyway is so again when this is undone.
        List<EpisodeNumber> due = [.. cells.Where(cell => cell.Line.Episode.Decision.Fetch is not null).Select(cell => cell.Line.Number).Distinct()];
        var (known, added, skipped) = (true, new List<Guid>(), new List<SkippedEpisode>());
        foreach (var alike in cells.GroupBy(cell => cell.Language))
        {
            var result = await downloads.EnqueueAsync(
                new EnqueueRequest(key, [.. alike.Select(cell => cell.Line.Number)], DownloadPriority.Normal, alike.Key));
            known = result.SeriesKnown;
            added.AddRange(result.Added);
            skipped.AddRange(result.Skipped);
        }

        var sentence = EnqueueSentence.Of(new EnqueueResult(known, added, skipped));
        if (added.Count == 0)
        {
            actions.Say(sentence);
            return false;
        }

        actions.Offer(sentence, LibraryTexts.Of("Undo"), () => UnqueueAsync(key, added, due));
        return true;
    }

    /// <returns>Whether the series is still there.</returns>
    public async Task<bool> IgnoreAsync(string key, IReadOnlyList<EpisodeLine> lines, bool ignored)
    {
        // Those that are so already stay so when this is undone.
        IReadOnlyList<EpisodeLine> others = [.. lines.Where(line => line.Episode.Ignored != ignored)];
        IReadOnlyList<EpisodeNumber> numbers = [.. others.Select(line => line.Number)];
        if (!await anime.SetEpisodesAsync(key, numbers, ignored, wanted: null))
        {
            return false;
        }

        var name = ignored ? "Ignored" : "Unignored";
        actions.Offer(
            others is [var only] ? SeriesTexts.Of($"{name}Name", only.Name) : SeriesTexts.Count(name, numbers.Count),
            LibraryTexts.Of("Undo"),
            async () => await anime.SetEpisodesAsync(key, numbers, !ignored, wanted: null));
        return true;
    }

    public async Task WantAsync(string key, EpisodeLine line)
    {
        await anime.SetEpisodesAsync(key, [line.Number], ignored: null, wanted: true);
        actions.Say(SeriesTexts.Of("WantedAgain", line.Name));
    }

    public async Task RemoveFilesAsync(string key, EpisodeLine line, Language language)
    {
        if (await anime.RemoveFilesAsync(key, line.Number, language) is FileRemovalResult.Removed(var files))
        {
            actions.Offer(
                SeriesTexts.Of("FileInTrash", line.Name, LanguageName.Long(language)), LibraryTexts.Of("Undo"), () => anime.PutBackAsync(files));
        }
    }

    /// <summary>Says what those files of the episodes are in whose language is not known.</summary>
    /// <returns>Whether any got it.</returns>
    public async Task<bool> AssignLanguageAsync(string key, IReadOnlyList<EpisodeLine> lines, Language language)
    {
        IReadOnlyList<EpisodeNumber> numbers = [.. lines.Where(line => UnknownLanguage.IsOf(line.Episode)).Select(line => line.Number)];
        if (await anime.AssignLanguageAsync(key, numbers, Language.Unknown, language) is not { } assigned)
        {
            return false;
        }

        if (assigned.Paths.Count == 0)
        {
            actions.Say(SeriesTexts.Of("LanguageInName"));
            return false;
        }

        var name = LanguageName.Long(language);
        actions.Offer(
            assigned.Paths.Count == 1 ? SeriesTexts.Of("LanguageSaid_One", name) : SeriesTexts.Of("LanguageSaid_Many", assigned.Paths.Count, name),
            LibraryTexts.Of("Undo"),
            () => anime.TakeLanguageBackAsync(assigned));
        return true;
    }

    /// <summary>A damaged file.</summary>
    public async Task FetchAgainAsync(string key, EpisodeLine line, Language language)
    {
        switch (await refetch.RunAsync(key, line.Number, language))
        {
            case RefetchResult.Queued:
                actions.Say(KeepingTexts.Of("FetchingAgain", line.Name));
                break;
            case RefetchResult.Refused(var why):
                actions.Say(KeepingTexts.Of("FetchRefused", why is null ? LibraryTexts.Of("SeriesGone") : EnqueueSentence.ReasonOf(why)), Severity.Warning);
                break;
        }
    }

    private async Task UnqueueAsync(string key, List<Guid> ids, List<EpisodeNumber> due)
    {
        foreach (var id in ids)
        {
            await downloads.RemoveAsync(id);
        }

        if (due.Count > 0)
        {
            await anime.SetEpisodesAsync(key, due, ignored: null, wanted: true);
        }

        actions.Say(SeriesTexts.Count("Unqueued", ids.Count));
    }
}
