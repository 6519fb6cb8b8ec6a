using System.Net;
using AniWorld.Data;
using AniWorld.Data.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Library;

[Trait("Kind", "api")]
public sealed class CalendarApiTests
{
    [Fact]
    public async Task Expected_episodes_are_whole_days_in_a_calendar()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await AddWeeklyAsync(server, "Mondlotse, \"der\"; Film\nX-EVIL:1");
        var key = await KeyAsync(server, "read");
        using var program = new HttpClient { BaseAddress = server.Http.BaseAddress };

        using var answer = await program.GetAsync($"/api/calendar.ics?key={key}");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("BEGIN:VCALENDAR", text, StringComparison.Ordinal);
        Assert.Contains($"DTSTART;VALUE=DATE:{DateTime.UtcNow.AddDays(5):yyyyMMdd}", text, StringComparison.Ordinal);
        Assert.Contains("UID:mond-lotse-s1e4@aniworld", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nX-EVIL", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read", "/api/calendar.ics", HttpStatusCode.OK)]
    [InlineData("read", "/api/anime", HttpStatusCode.Unauthorized)]
    [InlineData("read", "/api/calendar.ics/", HttpStatusCode.Unauthorized)]
    [InlineData("read write", "/api/calendar.ics", HttpStatusCode.Forbidden)]
    [InlineData("admin", "/api/calendar.ics", HttpStatusCode.Forbidden)]
    public async Task A_key_in_the_address_opens_the_calendar_alone_and_only_if_it_only_reads(string scopes, string path, HttpStatusCode expected)
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var key = await KeyAsync(server, scopes.Split(' '));
        using var program = new HttpClient { BaseAddress = server.Http.BaseAddress };

        using var answer = await program.GetAsync($"{path}?key={key}");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_key_or_token_in_an_address_is_in_no_log_line()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--logging.level", "verbose");
        var key = await KeyAsync(server, "read");
        var token = await server.LogInAsync();
        using var program = new HttpClient { BaseAddress = server.Http.BaseAddress };

        await program.GetStringAsync($"/api/calendar.ics?key={key}");
        using var socket = await program.GetAsync($"/ws/connect?token={token}");
        using var wrong = await program.GetAsync($"/api/calendar.ics?key={key}x");

        Assert.NotEmpty(server.LogLines());
        Assert.All([key, key.Split('_')[2], token, AniWorldServer.Password], secret =>
            Assert.DoesNotContain(server.LogLines(), line => line.Contains(secret, StringComparison.Ordinal)));
    }

    private static async Task<string> KeyAsync(AniWorldServer server, params string[] scopes) =>
        (await server.PostAsync("/api/auth/api-keys", new { name = "calendar", scopes })).GetProperty("key").GetString()!;

    /// <summary>Episodes 1 to 3, a week apart; the last one came two days ago.</summary>
    private static async Task AddWeeklyAsync(AniWorldServer server, string name)
    {
        var now = DateTimeOffset.UtcNow;
        var series = new AnimeSeries
        {
            Key = "mond-lotse",
            Name = name,
            Site = "example.org",
            Folder = "Mondlotse",
            Link = "https://example.org/anime/stream/mond-lotse",
            Provider = "aniworld",
            CreatedAt = now.AddDays(-60),
        };
        for (var number = 1; number <= 3; number++)
        {
            var episode = new Episode { Season = 1, Number = number };
            episode.Availability.Add(new EpisodeAvailability { Language = Language.DeSub, FirstSeenAt = now.AddDays((7 * (number - 3)) - 2) });
            series.Episodes.Add(episode);
        }

        await using var database = await server.Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>().CreateDbContextAsync();
        database.Add(series);
        await database.SaveChangesAsync();
    }
}
