using AniWorld.Services.Library;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using ICalendar = Ical.Net.Calendar;

namespace AniWorld.Blazor.Library;

/// <summary>Expected episodes as a calendar that programs subscribe to, at <c>/api/calendar.ics</c>.</summary>
/// <remarks>Calendar programs send no headers, so this one address takes its key in the query; see <see cref="Auth.ApiKeyHandler"/>.</remarks>
internal static class CalendarEndpoints
{
    public const string Address = "/api/calendar.ics";

    private const string ContentType = "text/calendar; charset=utf-8";

    public static void MapCalendar(this IEndpointRouteBuilder routes) => routes.MapGet(Address, GetAsync)
        .WithTags("Anime").WithSummary("Expected episodes, as an iCalendar file").Produces<string>(contentType: "text/calendar");

    private static async Task<ContentHttpResult> GetAsync(
        ExpectedEpisodes expected, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        var calendar = new ICalendar { ProductId = "-//AniWorld//AniWorld//EN" };
        calendar.AddProperty("X-WR-CALNAME", "AniWorld");
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
        foreach (var episode in await expected.ListAsync(cancellationToken))
        {
            calendar.Events.Add(EventOf(episode, time.GetUtcNow()));
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Text(new CalendarSerializer().SerializeToString(calendar) ?? "", ContentType);
    }

    /// <summary>A whole day: at which hour a source has it is not known.</summary>
    private static CalendarEvent EventOf(ExpectedEpisode episode, DateTimeOffset now) => new()
    {
        // The same for the same episode, so that a calendar moves an entry when the day changes.
        Uid = $"{episode.Key}-s{episode.Season}e{episode.Number}@aniworld",
        Summary = $"{episode.Name} S{episode.Season:00}E{episode.Number:00}",
        Description = "Expected from when the episodes before it came.",
        Start = new CalDateTime(episode.On),
        DtStamp = new CalDateTime(now.UtcDateTime),
        Transparency = TransparencyType.Transparent,
    };
}
