using AniWorld.SampleSite.Faults;

namespace AniWorld.SampleSite.Media;

/// <summary>The hosters that there are, under <c>/hoster/{name}/{key}/{season}/{episode}/{language}/</c>.</summary>
internal static class HosterRegistration
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddHosters(this IServiceCollection services)
    {
        services.AddSingleton<Mp4Clips>();
        services.AddSingleton<IHoster>(site => new FileHoster("Rangeo", hasRanges: true, site.GetRequiredService<Mp4Clips>()));
        services.AddSingleton<IHoster>(site => new FileHoster("Plainfile", hasRanges: false, site.GetRequiredService<Mp4Clips>()));
        services.AddSingleton<IHoster>(new HlsHoster("Streamly", isEncrypted: false));
        services.AddSingleton<IHoster>(new HlsHoster("Cryptix", isEncrypted: true));
        services.AddSingleton<IHoster>(site => new EmbedHoster("Embedo", site.GetRequiredService<Mp4Clips>()));
        return services;
    }

    public static IEndpointRouteBuilder MapHosters(this IEndpointRouteBuilder routes)
    {
        foreach (var hoster in routes.ServiceProvider.GetServices<IHoster>())
        {
            hoster.Map(routes.MapGroup(Fault.PathOf(hoster.Name) + "{key}/{season}/{episode}/{language}"));
        }

        return routes;
    }

    /// <summary>Start of every address below one video at one hoster, with a slash at the end.</summary>
    public static string PathTo(this IHoster hoster, VideoIdentity video) =>
        $"{Fault.PathOf(hoster.Name)}{video.Series}/{video.Season}/{video.Episode}/{video.Language}/";

    /// <summary>GET and HEAD, as players and downloaders use them.</summary>
    public static void MapMedia(this RouteGroupBuilder video, string pattern, Delegate handler) => video.MapMethods(pattern, Reading, handler);
}
