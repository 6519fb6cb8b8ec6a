using System.Net;
using System.Text.Json;
using AniWorld.SampleSite.Catalogue;
using AniWorld.SampleSite.Faults;

namespace AniWorld.SampleSite.Pages;

/// <summary>The search as a script of the page would call it.</summary>
internal static class SearchEndpoint
{
    private const int ShortLength = 110;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ajax/seriesSearch", Search);
        return routes;
    }

    private static IResult Search(HttpContext context, string? keyword, SampleCatalogue catalogue)
    {
        var json = JsonSerializer.Serialize(catalogue.Search(keyword ?? "").Select(Hit.Of), Json);
        var isEscaped = context.Features.Get<Fault>() is { Kind: FaultKind.EscapedJson };
        return Results.Text(isEscaped ? WebUtility.HtmlEncode(json) : json, "application/json");
    }

    /// <summary>A found series. As such sites do, the texts come HTML-escaped within the JSON, and the link is the key alone.</summary>
    private sealed record Hit(string Name, string Link, string Description, string? Cover, string ProductionYear)
    {
        public static Hit Of(SampleSeries series) =>
            new(WebUtility.HtmlEncode(series.Name), series.Key, WebUtility.HtmlEncode(Shorten(series.Description)), series.CoverPath, series.Years);

        private static string Shorten(string text) => text.Length <= ShortLength ? text : text[..ShortLength] + " …";
    }
}
