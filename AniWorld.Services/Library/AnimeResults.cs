using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Library;

/// <summary>What a search found.</summary>
/// <param name="Faults">A sentence per catalogue that could not answer.</param>
/// <param name="Asked">How many catalogues were asked; 0 when none is switched on.</param>
/// <param name="Answered">At least one of them answered.</param>
public sealed record CatalogueSearch(IReadOnlyList<FoundSeries> Hits, IReadOnlyList<Sentence> Faults, int Asked, bool Answered);

/// <param name="Folder">Where it is, or would be.</param>
/// <param name="CoverId">To ask <see cref="CoverService"/> for; <see langword="null"/> when the catalogue names no cover.</param>
public sealed record FoundSeries(SearchHit Hit, string Folder, bool InLibrary, string? CoverId);

public abstract record AddResult
{
    public sealed record Added(SeriesSummary Series) : AddResult;

    public sealed record AlreadyThere(string Key) : AddResult;

    /// <summary>No catalogue that is switched on knows the link.</summary>
    public sealed record NotRecognised(Sentence Message) : AddResult;

    /// <summary>The catalogue has no such series.</summary>
    public sealed record NotFound(Sentence Message) : AddResult;

    public sealed record Invalid(string Member, string Message) : AddResult;
}

/// <summary>What a link leads to.</summary>
public abstract record PreviewResult
{
    /// <param name="Folder">That it would get: one that is there and plainly its own, else a new one.</param>
    public sealed record Found(CatalogueSeries Series, ISeriesProvider Provider, string Folder) : PreviewResult;

    /// <param name="Why">What adding it would have ended with.</param>
    public sealed record Refused(AddResult Why) : PreviewResult;
}

/// <summary>A value that was given, which may be nothing; absent when the change itself is <see langword="null"/>.</summary>
public sealed record Given<T>(T Value);

/// <summary>What to change about a series.</summary>
/// <param name="Folder">Renames the folder on disk, too.</param>
/// <param name="AutoDownload">True, false, or nothing for the global setting.</param>
/// <param name="RefreshHours">Between two looks at the catalogue, or nothing for what was learnt.</param>
public sealed record SeriesChange(
    bool? Monitored = null,
    Given<string?>? LanguageProfile = null,
    string? Folder = null,
    Given<bool?>? AutoDownload = null,
    Given<int?>? RefreshHours = null);

public abstract record SeriesChangeResult
{
    public sealed record Changed(SeriesSummary Series) : SeriesChangeResult;

    public sealed record Unknown : SeriesChangeResult;

    public sealed record Invalid(string Member, string Message) : SeriesChangeResult;
}

/// <summary>What <see cref="AnimeService.AssignLanguageAsync"/> changed, as <see cref="AnimeService.TakeLanguageBackAsync"/> needs it.</summary>
/// <param name="Key">Of the series.</param>
/// <param name="Folder">The series' folder.</param>
/// <param name="Before">What the files were held to be.</param>
/// <param name="Paths">Of the files that changed, below the library root; a double episode's file is one.</param>
public sealed record AssignedLanguage(string Key, string Folder, Language Before, Language Language, IReadOnlyList<string> Paths);

public abstract record FileRemovalResult
{
    public sealed record Removed(RemovedFiles Files) : FileRemovalResult;

    public sealed record UnknownSeries : FileRemovalResult;

    /// <summary>The series has no such episode, or the episode no file in that language.</summary>
    public sealed record NoFile : FileRemovalResult;
}

/// <summary>What <see cref="AnimeService.RemoveFilesAsync"/> moved, as <see cref="AnimeService.PutBackAsync"/> needs it.</summary>
/// <param name="Key">Of the series.</param>
/// <param name="Folder">The series' folder.</param>
/// <param name="Files">As they stood in the database, one per episode that the file held.</param>
public sealed record RemovedFiles(string Key, string Folder, IReadOnlyList<TrashMove> Moves, IReadOnlyList<EpisodeFile> Files);

/// <param name="Path">Where the file was, below the library root.</param>
/// <param name="InTrash">Where it is now, below the library root.</param>
public sealed record TrashMove(string Path, string InTrash);
