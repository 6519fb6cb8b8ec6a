using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class CoverServiceTests : IAsyncLifetime
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13];

    private LocalSite _site = null!;
    private TestHost _host = null!;

    private CoverService Covers => _host.Get<CoverService>();

    public async ValueTask InitializeAsync()
    {
        _site = await LocalSite.StartAsync();
        _host = new TestHost(_site.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_cover_is_fetched_once_and_kept()
    {
        _site.File("/cover", Png, "application/x-whatever");
        await AddAsync("a", "/cover");

        var first = await Covers.GetAsync("a");
        var second = await Covers.GetAsync("a");

        Assert.Equal("image/png", first!.ContentType);
        Assert.Equal(_host.Data.Covers, Path.GetDirectoryName(first.Path));
        Assert.Equal(Png, await File.ReadAllBytesAsync(first.Path));
        Assert.Equal(first, second);
        Assert.Equal(1, _site.Count("/cover"));
        Assert.Single(Directory.EnumerateFiles(_host.Data.Covers));
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_fetch()
    {
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _site.On("/cover", async context =>
        {
            asked.TrySetResult();
            await go.Task;
            await context.Response.Body.WriteAsync(Png);
        });
        await AddAsync("a", "/cover");

        using var impatience = new CancellationTokenSource();
        var impatient = Covers.GetAsync("a", impatience.Token);
        await asked.Task;
        var others = Enumerable.Range(0, 5).Select(_ => Covers.GetAsync("a")).ToList();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        go.SetResult();

        Assert.All(await Task.WhenAll(others), Assert.NotNull);
        Assert.Equal(1, _site.Count("/cover"));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml")]
    [InlineData("<!doctype html><script>alert(1)</script>", "image/png")]
    [InlineData("", "image/png")]
    [InlineData("GIF8", "image/gif")]
    public async Task What_is_no_raster_image_is_refused_and_not_asked_for_again(string body, string type)
    {
        _site.Page("/cover", body, type);
        await AddAsync("a", "/cover");

        Assert.Null(await Covers.GetAsync("a"));
        Assert.Null(await Covers.GetAsync("a"));
        Assert.Equal(1, _site.Count("/cover"));
        Assert.False(Directory.Exists(_host.Data.Covers) && Directory.EnumerateFileSystemEntries(_host.Data.Covers).Any());
    }

    [Fact]
    public async Task A_cover_past_the_limit_is_refused()
    {
        _host.Options.CurrentValue = _host.Options.CurrentValue with { Limits = new LimitOptions { CoverBytes = 1024 } };
        _site.File("/cover", [.. Png, .. new byte[2_000]], "image/png");
        await AddAsync("a", "/cover");

        Assert.Null(await Covers.GetAsync("a"));
    }

    [Fact]
    public async Task Another_address_is_another_cover()
    {
        _site.File("/cover", Png, "image/png").File("/new", [.. Png, 1], "image/png");
        await AddAsync("a", "/cover");
        var before = await Covers.GetAsync("a");
        await using (var database = _host.OpenDatabase())
        {
            database.Series.Single().CoverUrl = new Uri(_site.Address, "/new").AbsoluteUri;
            await database.SaveChangesAsync();
        }

        Assert.NotEqual(before, await Covers.GetAsync("a"));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://127.0.0.1:1/cover")]
    [InlineData("not an address")]
    [InlineData(null)]
    public async Task A_cover_that_must_not_or_cannot_be_fetched_is_none(string? url)
    {
        await AddAsync("a", url);

        Assert.Null(await Covers.GetAsync("a"));
        Assert.Null(await Covers.GetAsync("../a"));
    }

    private async Task AddAsync(string key, string? cover)
    {
        await using var database = _host.OpenDatabase();
        database.Add(new AnimeSeries
        {
            Key = key,
            Name = key,
            Site = "aniworld.to",
            Folder = key,
            Link = $"https://aniworld.to/anime/stream/{key}",
            Provider = "aniworld",
            CoverUrl = cover is ['/', ..] ? new Uri(_site.Address, cover).AbsoluteUri : cover,
        });
        await database.SaveChangesAsync();
    }
}
