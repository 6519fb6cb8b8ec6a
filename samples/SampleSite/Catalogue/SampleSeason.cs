namespace AniWorld.SampleSite.Catalogue;

/// <summary>A season, or the films of a series.</summary>
/// <param name="Number">From 1; 0 for the films.</param>
/// <param name="Episodes">Numbered from 1 without gaps.</param>
public sealed record SampleSeason(int Number, IReadOnlyList<SampleEpisode> Episodes)
{
    public bool IsFilms => Number == 0;

    /// <summary>Part of its address.</summary>
    public string Slug => IsFilms ? "filme" : $"staffel-{Number}";

    /// <summary>What the page calls it.</summary>
    public string Label => IsFilms ? "Filme" : $"Staffel {Number}";
}
