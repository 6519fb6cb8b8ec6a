using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Catalogue;

public sealed class PageStoreTests : IDisposable
{
    private static readonly KnownPage Page = new(
        new Uri("https://site.example/series"), new Uri("https://site.example/series/"), "<h1>Grüße</h1>", "\"v1\"", "Mon, 02 Nov 2026 10:00:00 GMT");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly DataFolder _data = new(Directory.CreateTempSubdirectory("aniworld-pages-").FullName, "/nonexistent");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data.Root, recursive: true);

    [Fact]
    public async Task A_page_is_there_with_its_validators_after_a_restart()
    {
        await Store().KeepAsync(Page, Token);

        Assert.Equal(Page, await Store().FindAsync(Page.Asked, Token));
        Assert.Null(await Store().FindAsync(new Uri("https://site.example/other"), Token));
    }

    [Fact]
    public async Task One_that_cannot_be_read_is_as_if_it_were_not_there()
    {
        await Store().KeepAsync(Page, Token);
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(_data.Pages)), "not brotli", Token);

        Assert.Null(await Store().FindAsync(Page.Asked, Token));
        await Store().KeepAsync(Page, Token);
        Assert.Equal(Page, await Store().FindAsync(Page.Asked, Token));
    }

    [Fact]
    public async Task What_nobody_asked_for_is_forgotten_and_what_the_site_confirmed_stays()
    {
        var other = Page with { Asked = new Uri("https://site.example/other") };
        await Store().KeepAsync(Page, Token);
        await Store().KeepAsync(other, Token);
        _time.Advance(TimeSpan.FromDays(30));
        Store().Touch(other.Asked);

        Assert.Equal(1, Store().Forget(_time.GetUtcNow().AddDays(-1)));
        Assert.Null(await Store().FindAsync(Page.Asked, Token));
        Assert.NotNull(await Store().FindAsync(other.Asked, Token));
    }

    private PageStore Store() => new(_data, _time, NullLogger<PageStore>.Instance);
}
