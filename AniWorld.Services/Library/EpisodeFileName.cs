using AniWorld.Data.Library;

namespace AniWorld.Services.Library;

/// <summary>What a video file is, going by its name.</summary>
public enum EpisodeFileKind
{
    Episode,

    /// <summary>An OVA, a special or a recap: season 0.</summary>
    Special,

    /// <summary>A film: season 0 as well.</summary>
    Film,

    /// <summary>A trailer, sample, creditless opening and the like: no episode at all.</summary>
    Extra,
}

/// <summary>What the name of a video file says about the episode in it.</summary>
/// <param name="Season">From 1; 0 for films and specials; <see langword="null"/> when only <see cref="Absolute"/> is known, or for an extra.</param>
/// <param name="Numbers">
/// Ascending, more than one for a double episode. Empty for an extra, and for a film or special whose name has no number.
/// Counted from the series' beginning when <see cref="Season"/> is <see langword="null"/>.
/// </param>
/// <param name="Absolute">
/// The first number when it stands bare, as in <c>Name - 26</c>, and so may count through all seasons: even below a season's folder.
/// </param>
/// <param name="Extension">In lower case, without the dot.</param>
/// <param name="Version">Of a release that was corrected, as in <c>05v2</c>; 1 when it says none.</param>
public sealed record EpisodeFileName(
    int? Season, IReadOnlyList<int> Numbers, int? Absolute, Language Language, string Extension, EpisodeFileKind Kind, int Version)
{
    private const int LongestSegment = 1_024;

    /// <summary>What counts as a video, without the dot.</summary>
    public static IReadOnlySet<string> VideoExtensions { get; } =
        new HashSet<string>(["mkv", "mp4", "avi", "m4v", "webm", "ts"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a path below the series' folder, with <c>/</c> between its parts. Never throws.</summary>
    /// <param name="seriesName">
    /// The series' name, where it is known: a number in it, as in <c>Mob Psycho 100</c>, is then not taken for an episode.
    /// </param>
    /// <returns><see langword="null"/> when it is no video, or a video whose name has no number that could be an episode's.</returns>
    public static EpisodeFileName? Parse(string relativePath, string? seriesName = null)
    {
        var segments = relativePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0 || VideoExtension(segments[^1]) is not { } extension)
        {
            return null;
        }

        var stem = WellFormedText.Of(segments[^1][..^(extension.Length + 1)]);
        var folders = segments[..^1].Where(folder => folder.Length <= LongestSegment).TakeLast(8).Select(WellFormedText.Of).Reverse().ToList();
        var folder = FolderMeaning.Of(folders);
        var language = LanguageInName.Of([stem, .. folders]);
        if (folder.Kind == EpisodeFileKind.Extra || ExtraVideo.Is(stem))
        {
            return new EpisodeFileName(null, [], null, language, extension, EpisodeFileKind.Extra, 1);
        }

        return NumbersInName.Of(SeriesNameInName.Replaced(stem, seriesName)) is { } found
            ? Combine(found, folder, language, extension)
            : folder.Kind is (EpisodeFileKind.Film or EpisodeFileKind.Special) and { } kind
                ? new EpisodeFileName(0, [], null, language, extension, kind, 1)
                : null;
    }

    private static EpisodeFileName Combine(NumbersInName found, FolderMeaning folder, Language language, string extension)
    {
        // What the file says of itself weighs more than the folder that somebody put it in.
        var season = found.Season ?? folder.Season;
        var kind = found.Kind is { } said && said != EpisodeFileKind.Episode ? said
            : found.Season is null && folder.Kind is { } place ? place
            : EpisodeFileKind.Episode;
        var numbers = found.Numbers.Where(number => number > 0).ToList();
        if (kind == EpisodeFileKind.Episode && (season == 0 || numbers.Count == 0))
        {
            kind = EpisodeFileKind.Special;
        }

        return kind == EpisodeFileKind.Episode
            ? new EpisodeFileName(season, numbers, found.Bare ? numbers[0] : null, language, extension, kind, found.Version)
            : new EpisodeFileName(0, numbers, null, language, extension, kind, found.Version);
    }

    private static string? VideoExtension(string fileName)
    {
        var dot = fileName.LastIndexOf('.');
        var extension = fileName[(dot + 1)..];
        return dot > 0 && fileName[0] != '.' && fileName.Length <= LongestSegment && VideoExtensions.Contains(extension)
            ? extension.ToLowerInvariant()
            : null;
    }
}
