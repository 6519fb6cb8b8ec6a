using AniWorld.SampleSite.Catalogue;

namespace AniWorld.SampleSite.Pages;

/// <summary>The pages that people and the profile read.</summary>
internal static class PageEndpoints
{
    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", HomeAsync);
        routes.MapGet("/animes/jahr/{year:int}", YearAsync);
        var series = routes.MapGroup("/anime/stream/{key}");
        series.MapGet("/", (string key, SampleCatalogue catalogue, PageRenderer pages) => SeasonAsync(key, null, catalogue, pages));
        series.MapGet("/{season}", SeasonAsync);
        series.MapGet("/{season}/{episode}", EpisodeAsync);
        routes.MapFallback((PageRenderer pages) => pages.NotFoundAsync());
        return routes;
    }

    private static Task<IResult> HomeAsync(string? q, SampleCatalogue catalogue, PageRenderer pages)
    {
        var query = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        var series = query is null ? catalogue.Series : [.. catalogue.Search(query)];
        return pages.RenderAsync<HomePage>(new() { ["Query"] = query, ["Series"] = series });
    }

    private static Task<IResult> YearAsync(int year, SampleCatalogue catalogue, PageRenderer pages) => pages.RenderAsync<HomePage>(new()
    {
        ["Query"] = $"Jahr {year}",
        ["Series"] = catalogue.Series.Where(series => series.From <= year && (series.To is null || series.To >= year)).ToList(),
    });

    /// <param name="season">The address's part, such as <c>staffel-1</c>; <see langword="null"/>: the first.</param>
    private static Task<IResult> SeasonAsync(string key, string? season, SampleCatalogue catalogue, PageRenderer pages)
    {
        var series = catalogue.Find(key);
        var found = season is null ? series?.Seasons[0] : SeasonOf(series, season);
        return found is null
            ? pages.NotFoundAsync()
            : pages.RenderAsync<SeasonPage>(new() { ["Series"] = series, ["Season"] = found });
    }

    private static Task<IResult> EpisodeAsync(string key, string season, string episode, SampleCatalogue catalogue, PageRenderer pages)
    {
        var series = catalogue.Find(key);
        var found = SeasonOf(series, season)?.Episodes.FirstOrDefault(known => known.Slug == episode);
        return found is null
            ? pages.NotFoundAsync()
            : pages.RenderAsync<EpisodePage>(new() { ["Series"] = series, ["Season"] = series!.FindSeason(found.Season), ["Episode"] = found });
    }

    private static SampleSeason? SeasonOf(SampleSeries? series, string slug) => series?.Seasons.FirstOrDefault(season => season.Slug == slug);
}
