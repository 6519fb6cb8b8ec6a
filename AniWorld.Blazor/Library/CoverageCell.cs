using AniWorld.Data.Library;

namespace AniWorld.Blazor.Library;

/// <summary>An episode in one language.</summary>
public readonly record struct CoverageCell(EpisodeLine Line, Language Language)
{
    public CoverageState State => Coverage.Of(Line.Episode, Language);

    /// <summary><c>S01E02, German dub: on disk</c>.</summary>
    public string Name => SeriesTexts.Of("CellName", Line.Name, LanguageName.Long(Language), SeriesTexts.Of($"State_{State}"));
}
