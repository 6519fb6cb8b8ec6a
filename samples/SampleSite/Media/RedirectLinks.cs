using AniWorld.SampleSite.Catalogue;

namespace AniWorld.SampleSite.Media;

/// <summary>The numbered links of the episode pages: each sends on to a hoster.</summary>
internal static class RedirectLinks
{
    public static string PathOf(int id) => $"/redirect/{id}";

    public static IEndpointRouteBuilder MapRedirectLinks(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/redirect/{id:int}", [HttpMethods.Get, HttpMethods.Head], Follow);
        return routes;
    }

    private static IResult Follow(int id, SampleCatalogue catalogue, IEnumerable<IHoster> hosters) => catalogue.FindLink(id) is var (video, name)
        ? Results.Redirect(hosters.Single(hoster => hoster.Name == name).EntryPath(video))
        : Results.NotFound();
}
