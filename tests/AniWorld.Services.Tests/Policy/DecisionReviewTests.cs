using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Policy;

[Trait("Database", "both")]
public sealed class DecisionReviewTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly TestDatabase _database;
    private readonly FixedOptions _options = new(new AniWorldOptions
    {
        Languages = new LanguageOptions { Profiles = [LanguageProfile.Default with { GraceDays = 7 }] },
    });

    private readonly DecisionReview _review;

    public DecisionReviewTests()
    {
        _database = new TestDatabase(_time);
        _review = new DecisionReview(_database, _options, _time);
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_decision_is_stored_when_it_changes_and_not_otherwise()
    {
        await HaveAsync(Language.DeSub);
        var first = await DecideAsync();
        _time.Advance(TimeSpan.FromDays(3));
        var same = await DecideAsync();
        _time.Advance(TimeSpan.FromDays(4));
        var due = await DecideAsync();

        Assert.Equal((DecisionCode.Waiting, "de-dub", first.DecidedAt!.Value.AddDays(7)), (first.DecisionCode, first.DecisionArguments!["better"], first.DecisionUntil));
        Assert.Equal((first.DecidedAt, first.UpdatedAt), (same.DecidedAt, same.UpdatedAt));
        Assert.Equal((DecisionCode.Missing, null, first.DecidedAt.Value.AddDays(7)), (due.DecisionCode, due.DecisionUntil, due.DecidedAt));
    }

    [Fact]
    public async Task Another_profile_makes_another_decision_of_the_same_episode()
    {
        await HaveAsync(Language.EnSub);
        await DecideAsync();
        _options.CurrentValue = new AniWorldOptions
        {
            Languages = new LanguageOptions { Profiles = [new LanguageProfile { Name = "default", Order = ["de-dub"], Cutoff = "de-dub" }] },
        };

        var decided = await DecideAsync();

        Assert.Equal((DecisionCode.LanguageMissing, "en-sub"), (decided.DecisionCode, decided.DecisionArguments!["offered"]));
    }

    [Fact]
    public async Task Nothing_else_of_an_episode_is_touched()
    {
        await HaveAsync(Language.DeDub);

        var decided = await DecideAsync();

        Assert.Equal((true, "Der Anfang", 1, 7), (decided.Ignored, decided.Titles["de"], decided.Season, decided.Number));
        Assert.Equal(DecisionCode.Ignored, decided.DecisionCode);
    }

    private async Task HaveAsync(Language offered)
    {
        var episode = new Episode { Season = 1, Number = 7, Titles = { ["de"] = "Der Anfang" }, Ignored = offered == Language.DeDub };
        episode.Availability.Add(new EpisodeAvailability { Language = offered, FirstSeenAt = _time.GetUtcNow() });
        var series = new AnimeSeries
        {
            Key = "mond-lotse",
            Name = "Mondlotse",
            Site = "example.org",
            Folder = "Mondlotse",
            Link = "https://example.org/",
            Provider = "aniworld",
        };
        series.Episodes.Add(episode);
        await using var database = _database.CreateDbContext();
        database.Add(series);
        await database.SaveChangesAsync();
    }

    private async Task<Episode> DecideAsync()
    {
        await foreach (var _ in _review.RunAsync(_ => true, CancellationToken.None))
        {
        }

        await using var database = _database.CreateDbContext();
        return await database.Episodes.AsNoTracking().SingleAsync();
    }
}
