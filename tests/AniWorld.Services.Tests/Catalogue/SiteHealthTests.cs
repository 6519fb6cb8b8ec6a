using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Catalogue;

[Trait("Database", "both")]
public sealed class SiteHealthTests : IDisposable
{
    private static readonly PageLayoutException Changed = new("fault_layout_title", "h1 > span");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly TestDatabase _database;
    private readonly SourceHealthService _records;
    private readonly SiteHealth _health;
    private readonly List<SiteChange> _told = [];

    public SiteHealthTests()
    {
        _database = new TestDatabase(_time);
        _records = new SourceHealthService(_database, _time, NullLogger<SourceHealthService>.Instance);
        _health = Health();
        _health.Changed += _told.Add;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _records.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task Three_pages_in_a_row_that_no_longer_read_are_a_site_that_needs_attention()
    {
        await FailAsync(2);
        Assert.Null(_health.TroubleOf("site"));

        await FailAsync(1);

        Assert.True(_health.TroubleOf("site")!.NeedsAttention);
        Assert.Contains("h1 > span", _health.TroubleOf("site")!.Faults[SitePages.Series], StringComparison.Ordinal);
        var notice = Assert.Single(_told);
        Assert.Equal((false, FaultCode.ProviderChanged), (notice.IsBack, notice.Code));
        Assert.Contains("h1 > span", notice.Sentence.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_reads_between_them_shows_that_the_site_is_well()
    {
        await FailAsync(2);
        await SucceedAsync();
        await FailAsync(2);

        Assert.Null(_health.TroubleOf("site"));
    }

    [Fact]
    public async Task Only_the_kind_of_pages_that_fails_is_left_alone()
    {
        await FailAsync(3);

        Assert.NotNull(_health.RestOf("site", SitePages.Series));
        Assert.Null(_health.RestOf("site", SitePages.Episode));
        Assert.Null(_health.RestOf("other", SitePages.Series));
    }

    [Fact]
    public async Task One_may_try_when_its_time_has_come_and_the_waits_grow()
    {
        await FailAsync(3);
        Assert.Equal(TimeSpan.FromMinutes(15), _health.RestOf("site", SitePages.Series)!.RetryAfter);

        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(_health.RestOf("site", SitePages.Series));
        Assert.NotNull(_health.RestOf("site", SitePages.Series));
        await FailAsync(1);

        Assert.Equal(TimeSpan.FromMinutes(30), _health.RestOf("site", SitePages.Series)!.RetryAfter);
        Assert.Single(_told);
    }

    [Fact]
    public async Task A_site_that_reads_again_is_told_once_and_left_alone_no_more()
    {
        await FailAsync(5);
        await SucceedAsync();
        await SucceedAsync();

        Assert.Null(_health.TroubleOf("site"));
        Assert.Null(_health.RestOf("site", SitePages.Series));
        Assert.Equal([false, true], _told.Select(change => change.IsBack));
    }

    [Fact]
    public async Task Somebody_who_wants_to_know_need_not_wait()
    {
        await FailAsync(3);

        _health.LookAgain("site");

        Assert.Null(_health.RestOf("site", SitePages.Series));
    }

    [Fact]
    public async Task One_that_cannot_be_reached_is_in_trouble_but_needs_nobodys_attention()
    {
        await FailAsync(3, new FaultException(FaultCode.Timeout, Sentence.Plain("It takes too long.")));

        Assert.False(_health.TroubleOf("site")!.NeedsAttention);
    }

    [Fact]
    public async Task A_wish_to_be_left_alone_is_no_trouble()
    {
        await FailAsync(5, new FaultException(FaultCode.RateLimited, Sentence.Plain("Later.")) { RetryAfter = TimeSpan.FromMinutes(5) });

        Assert.Null(_health.TroubleOf("site"));
    }

    [Fact]
    public async Task What_cannot_be_true_counts_though_the_pages_read()
    {
        for (var i = 0; i < 3; i++)
        {
            await SucceedAsync();
            _health.Doubt("site", SitePages.Series, Changed);
        }

        await SucceedAsync();
        Assert.NotNull(_health.TroubleOf("site"));
        _health.Trust("site", SitePages.Series);
        Assert.Null(_health.TroubleOf("site"));
    }

    [Fact]
    public async Task A_restart_knows_the_trouble_and_tells_it_no_second_time()
    {
        await FailAsync(3);
        await _records.FlushAsync(Token);

        var later = Health();
        var told = new List<SiteChange>();
        later.Changed += told.Add;
        await later.StartAsync(Token);

        Assert.Equal(_health.TroubleOf("site")!.Since, later.TroubleOf("site")!.Since);
        await Assert.ThrowsAsync<PageLayoutException>(() => later.AskAsync<int>("site", SitePages.Series, () => throw Changed));
        Assert.Empty(told);
        await later.AskAsync("site", SitePages.Series, () => Task.FromResult(0));
        Assert.True(Assert.Single(told).IsBack);
    }

    [Fact]
    public async Task The_days_requests_are_known_after_a_restart_and_forgotten_at_midnight()
    {
        var budget = Budget();
        budget.Spend("site");
        budget.Spend("site");
        await _records.FlushAsync(Token);

        var later = Budget();
        await new SiteHealth(_records, later, _time, NullLogger<SiteHealth>.Instance).StartAsync(Token);

        Assert.Equal((2, 4_998), (later.SpentToday("site"), later.LeftToday("site")));
        _time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(0, later.SpentToday("site"));
    }

    private SiteBudget Budget() => new(_records, new FixedOptions(new AniWorldOptions()), _time);

    private SiteHealth Health() => new(_records, Budget(), _time, NullLogger<SiteHealth>.Instance);

    private async Task FailAsync(int times, FaultException? fault = null)
    {
        for (var i = 0; i < times; i++)
        {
            await Assert.ThrowsAnyAsync<FaultException>(() => _health.AskAsync<int>("site", SitePages.Series, () => throw (fault ?? Changed)));
        }
    }

    private Task<int> SucceedAsync() => _health.AskAsync("site", SitePages.Series, () => Task.FromResult(0));
}
