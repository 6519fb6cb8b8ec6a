using AniWorld.Data;
using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;
using AniWorld.Services.Progress;
using AniWorld.Services.Tests.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Library;

[Trait("Database", "both")]
public sealed class CatalogueStoreTests : IAsyncLifetime
{
    private readonly TestHost _host = new();
    private readonly ProgressService _progress = new(new CallbackManager(NullLogger<CallbackManager>.Instance), TimeProvider.System);
    private ProgressSubscription _told = null!;
    private long _series;

    public async ValueTask InitializeAsync()
    {
        _told = _progress.Subscribe();
        await using var database = _host.OpenDatabase();
        var series = new AnimeSeries { Key = "mondlotse", Name = "Mondlotse", Site = "x", Folder = "Mondlotse", Link = "https://x.example/a", Provider = "x" };
        database.Add(series);
        await database.SaveChangesAsync();
        _series = series.Id;
    }

    public async ValueTask DisposeAsync()
    {
        _told.Dispose();
        _progress.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task An_episode_that_is_offered_for_the_first_time_is_told_once()
    {
        await RefreshAsync((1, Language.DeSub), (2, null));
        await RefreshAsync((1, Language.DeSub), (2, Language.DeSub), (3, Language.DeDub));
        await RefreshAsync((1, Language.DeDub), (2, Language.DeSub), (3, Language.DeDub));

        _progress.Dispose();
        var found = new List<EpisodesFound>();
        await foreach (var batch in _told.ReadBatchesAsync(TestContext.Current.CancellationToken))
        {
            found.AddRange(batch.Select(one => one.Event).OfType<EpisodesFound>());
        }

        Assert.Equal([new EpisodeNumber(1, 2), new EpisodeNumber(1, 3)], Assert.Single(found).Episodes);
    }

    [Fact]
    public async Task Another_picture_is_news_and_the_same_one_is_not()
    {
        var (first, second) = (new Uri("https://x.example/1.jpg"), new Uri("https://x.example/2.jpg"));

        Assert.True(await RefreshAsync(first, (1, Language.DeSub)));
        Assert.False(await RefreshAsync(first, (1, Language.DeSub)));
        Assert.True(await RefreshAsync(second, (1, Language.DeSub)));

        await using var database = _host.OpenDatabase();
        Assert.Equal(second.AbsoluteUri, (await database.Series.SingleAsync(TestContext.Current.CancellationToken)).BackdropUrl);
    }

    private Task<bool> RefreshAsync(params (int Number, Language? Language)[] episodes) => RefreshAsync(null, episodes);

    private Task<bool> RefreshAsync(Uri? backdrop, params (int Number, Language? Language)[] episodes)
    {
        // Where folders are plays no part in a refresh.
        var store = new CatalogueStore(null!, _host.Get<IDbContextFactory<AniWorldDbContext>>(), _progress, TimeProvider.System, Random.Shared);
        var catalogue = new CatalogueSeries("mondlotse", "Mondlotse", new Uri("https://x.example/a"), null, null, null,
        [
            .. episodes.Select(one => new CatalogueEpisode(
                1, one.Number, new Dictionary<string, string>(), one.Language is { } language ? [language] : [], [])),
        ],
        backdrop);
        return store.RefreshAsync(_series, catalogue, TestContext.Current.CancellationToken);
    }
}
