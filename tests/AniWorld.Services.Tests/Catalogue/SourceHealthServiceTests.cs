using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Catalogue;

[Trait("Database", "both")]
public sealed class SourceHealthServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private TestHost _host = null!;

    private SourceHealthService Health => _host.Get<SourceHealthService>();

    public ValueTask InitializeAsync()
    {
        _host = new TestHost(_time);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Many_events_become_one_row_per_source()
    {
        for (var i = 0; i < 100; i++)
        {
            Health.Succeeded(SourceKind.Hoster, "VOE", TimeSpan.FromMilliseconds(200));
        }

        Health.Failed(SourceKind.Hoster, "VOE", new FaultException(FaultCode.NoStream, Sentence.Plain("Nothing there.")));
        Health.Succeeded(SourceKind.Site, "aniworld", TimeSpan.FromMilliseconds(50));
        await Health.FlushAsync();
        Health.Succeeded(SourceKind.Hoster, "VOE", TimeSpan.FromMilliseconds(200));
        await Health.FlushAsync();

        await using var database = _host.OpenDatabase();
        Assert.Equal(2, database.SourceHealth.Count());
        var hoster = database.SourceHealth.Single(health => health.Kind == "hoster");
        Assert.Equal((101, 1), (hoster.Successes, hoster.Failures));
        Assert.Equal("no_stream: Nothing there.", hoster.LastError);
        Assert.Equal(200, hoster.LatencyMs!.Value, 0.001);
        Assert.Equal(_time.GetUtcNow(), hoster.LastFailureAt);
    }

    [Fact]
    public async Task A_database_that_refuses_breaks_nothing_and_gets_it_later()
    {
        await using (var database = _host.OpenDatabase())
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
                database.Database, "ALTER TABLE \"SourceHealth\" RENAME TO \"Elsewhere\"");
            Health.Succeeded(SourceKind.Site, "aniworld", TimeSpan.Zero);
            await Health.FlushAsync();
            Health.Succeeded(SourceKind.Site, "aniworld", TimeSpan.Zero);
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
                database.Database, "ALTER TABLE \"Elsewhere\" RENAME TO \"SourceHealth\"");
        }

        await Health.FlushAsync();

        await using var later = _host.OpenDatabase();
        Assert.Equal(2, Assert.Single(later.SourceHealth).Successes);
    }

    [Fact]
    public async Task What_is_not_yet_written_is_written_at_the_end()
    {
        await Health.StartAsync(CancellationToken.None);
        Health.Succeeded(SourceKind.Site, "aniworld", TimeSpan.Zero);

        await Health.StopAsync(CancellationToken.None);

        await using var database = _host.OpenDatabase();
        Assert.Single(database.SourceHealth);
    }
}
