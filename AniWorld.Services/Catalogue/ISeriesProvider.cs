using AniWorld.Services.Library;

namespace AniWorld.Services.Catalogue;

/// <summary>A catalogue of series: what exists, in which languages, and where each episode can be had.</summary>
/// <remarks>
/// All calls throw <see cref="Faults.FaultException"/> when the site cannot be reached or no longer reads as its profile says
/// (<see cref="Faults.FaultCode.ProviderChanged"/>).
/// </remarks>
public interface ISeriesProvider
{
    /// <summary>Unique among providers, such as <c>aniworld</c>; the member of <c>providers</c> that configures it.</summary>
    string Name { get; }

    /// <summary>Host of the site, for display.</summary>
    string Site { get; }

    /// <summary>Whether it can be searched; one that cannot is given links, and finds nothing.</summary>
    bool CanSearch => true;

    /// <summary>Why it cannot work as things are, and what to do; <see langword="null"/> when it can.</summary>
    string? Hint => null;

    /// <summary>The series' key when <paramref name="link"/> is one of this catalogue's pages (series, season, film or episode), else <see langword="null"/>.</summary>
    string? RecogniseLink(Uri link);

    /// <summary>Where a page is looked at for something, such as a selector; for the notice when nothing is there any more.</summary>
    string PlaceOf(CataloguePart part) => part is CataloguePart.Languages ? "languages" : "episodes";

    /// <summary>Address of the series page.</summary>
    Uri LinkOf(string key);

    /// <returns>In the site's order of relevance; empty when nothing matches.</returns>
    Task<IReadOnlyList<SearchHit>> SearchAsync(string query, CancellationToken cancellationToken = default);

    /// <returns>The series with all seasons; <see langword="null"/> when the site knows no such key.</returns>
    Task<CatalogueSeries?> GetSeriesAsync(string key, CancellationToken cancellationToken = default);

    /// <returns>One link per language and hoster, in page order; empty when the site knows no such episode.</returns>
    Task<IReadOnlyList<HosterLink>> GetHosterLinksAsync(EpisodeKey episode, CancellationToken cancellationToken = default);
}

/// <summary>What a catalogue says of a series that had it once.</summary>
public enum CataloguePart
{
    Episodes,
    Languages,
}
