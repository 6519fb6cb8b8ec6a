using System.Globalization;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Library;

/// <summary>Names folders and files by the templates of the configuration. Cheap to make; one per operation is fine.</summary>
/// <exception cref="ArgumentException">A template has <see cref="Problems"/>.</exception>
public sealed class EpisodeNaming
{
    // The engine puts ".remux.part" behind the extension, and subtitles lie beside with ".de.forced.srt".
    private const int RoomForExtensions = 24;

    private readonly NamingTemplate _folder;
    private readonly NamingTemplate _episode;
    private readonly NamingTemplate _special;

    public EpisodeNaming(NamingOptions options)
    {
        _folder = Valid(options.Folder, NamingTemplateKind.Folder);
        _episode = Valid(options.Episode, NamingTemplateKind.Episode);
        _special = Valid(options.Special, NamingTemplateKind.Special);
    }

    /// <summary>What is wrong with a template; empty when it can be used.</summary>
    public static IReadOnlyList<Sentence> Problems(string template, NamingTemplateKind kind)
    {
        var parsed = new NamingTemplate(template);
        if (parsed.Problems.Count > 0)
        {
            return parsed.Problems;
        }

        return kind == NamingTemplateKind.Folder ? FolderProblems(parsed) : EpisodeProblems(parsed, kind);
    }

    /// <summary>The series' folder: one name. <paramref name="key"/> is used when nothing of the name can be.</summary>
    /// <param name="taken">Folders of other series; one that differs by case or Unicode form only counts as the same.</param>
    /// <returns>The name by template, or the same with <c> [key]</c> behind it where that is taken, so that it stays the same in each run.</returns>
    public string FolderName(string name, int? year, string key, IEnumerable<string>? taken = null)
    {
        var label = new EpisodeLabel(name, key, year, 0, 0, null, Language.Unknown);
        var folder = _folder.Render(Values(label), key, SafeFileName.MaxBytes).Single();
        var others = (taken ?? []).ToHashSet(FolderNameComparer.Instance);
        if (!others.Contains(folder))
        {
            return folder;
        }

        var suffix = $" [{SafeFileName.Cut(SafeFileName.Clean(key), 120)}]";
        var stem = SafeFileName.Cut(folder, SafeFileName.MaxBytes - suffix.Length - 4);
        return Enumerable.Range(1, int.MaxValue)
            .Select(n => n == 1 ? stem + suffix : string.Create(CultureInfo.InvariantCulture, $"{stem}{suffix} {n}"))
            .First(candidate => !others.Contains(candidate));
    }

    /// <summary>Path below the series' folder, with <c>/</c> between its parts, without extension.</summary>
    /// <remarks>
    /// The scanner reads season, number and language back from it. A title or name that would mislead it (an episode called
    /// <c>S09E09</c>) is left out of the file's name.
    /// </remarks>
    public string EpisodePath(EpisodeLabel label)
    {
        var template = label.Season == 0 ? _special : _episode;
        EpisodeLabel[] plainer =
        [
            label,
            label with { Title = null },
            label with { SeriesName = label.SeriesKey },
            label with { SeriesName = label.SeriesKey, Title = null },
            label with { SeriesName = "Series", Title = null },
        ];
        var path = plainer.Select(candidate => Render(template, candidate)).FirstOrDefault(path => ReadsBack(path, template, label));
        return path ?? Render(template, label);
    }

    private static string Render(NamingTemplate template, EpisodeLabel label) =>
        string.Join('/', template.Render(Values(label), label.SeriesKey, SafeFileName.MaxBytes - RoomForExtensions));

    private static bool ReadsBack(string path, NamingTemplate template, EpisodeLabel label) =>
        EpisodeFileName.Parse(path + ".mp4") is { } read
        && read.Season == label.Season && read.Numbers.SequenceEqual([label.Number])
        && (read.Language == label.Language || !template.Has("language"));

    private static Dictionary<string, string> Values(EpisodeLabel label) => new()
    {
        ["name"] = SafeFileName.From(label.SeriesName, label.SeriesKey, int.MaxValue),
        ["title"] = SafeFileName.Clean(label.Title),
        ["year"] = label.Year?.ToString(CultureInfo.InvariantCulture) ?? "",
        ["season"] = label.Season.ToString(CultureInfo.InvariantCulture),
        ["episode"] = label.Number.ToString(CultureInfo.InvariantCulture),
        ["language"] = label.Language == Language.Unknown ? "" : label.Language.Code,
    };

    private static List<Sentence> FolderProblems(NamingTemplate template)
    {
        List<Sentence> problems = [];
        if (template.Parts != 1)
        {
            problems.Add(new Sentence("naming_folder_slash"));
        }

        if (!template.Has("name"))
        {
            problems.Add(new Sentence("naming_folder_name"));
        }

        string[] others = ["season", "episode", "title", "language"];
        problems.AddRange(others.Where(template.Has).Select(field => new Sentence("naming_folder_field", field)));
        return problems;
    }

    private static List<Sentence> EpisodeProblems(NamingTemplate template, NamingTemplateKind kind)
    {
        if (!template.Has("episode"))
        {
            return [new Sentence("naming_episode")];
        }

        var sample = new EpisodeLabel("Example", "example", 2013, kind == NamingTemplateKind.Special ? 0 : 2, 7, "Title", Language.DeSub);
        var path = Render(template, sample);
        return ReadsBack(path, template, sample)
            ? []
            : [new Sentence("naming_not_read_back", path, kind == NamingTemplateKind.Special ? "S00E{episode:00}" : "S{season:00}E{episode:00}")];
    }

    private static NamingTemplate Valid(string template, NamingTemplateKind kind) =>
        Problems(template, kind) is [var problem, ..] ? throw new ArgumentException(problem.ToString(), nameof(template)) : new NamingTemplate(template);
}

/// <summary>What a template names: the series' folder, a file of a season, or a film or special.</summary>
public enum NamingTemplateKind
{
    Folder,
    Episode,
    Special,
}
