using System.Globalization;
using AniWorld.SampleSite.Catalogue;
using AniWorld.SampleSite.Faults;

namespace AniWorld.SampleSite.Media;

/// <summary>Which video: no two of them have the same bytes.</summary>
/// <param name="Season">From 1; 0 for films.</param>
/// <param name="Revision">0, or what a <see cref="FaultKind.Changed"/> fault made of it.</param>
internal sealed record VideoIdentity(string Series, int Season, int Episode, string Language, int Revision = 0)
{
    public override string ToString() =>
        Revision == 0 ? $"{Series} S{Season:00}E{Episode:00} {Language}" : $"{Series} S{Season:00}E{Episode:00} {Language} revision {Revision}";

    /// <summary>From the route values; <see langword="null"/> when the site offers no such video.</summary>
    public static ValueTask<VideoIdentity?> BindAsync(HttpContext context)
    {
        string Value(string name) => (string?)context.GetRouteValue(name) ?? "";
        int Number(string name) => int.TryParse(Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

        var video = new VideoIdentity(Value("key"), Number("season"), Number("episode"), Value("language"), RevisionOf(context));
        var episode = context.RequestServices.GetRequiredService<SampleCatalogue>().Find(video.Series)?.Find(video.Season, video.Episode);
        return ValueTask.FromResult(episode?.Languages.Contains(video.Language) == true ? video : null);
    }

    private static int RevisionOf(HttpContext context) => context.Features.Get<Fault>() is { Kind: FaultKind.Changed } fault ? fault.Revision : 0;
}
