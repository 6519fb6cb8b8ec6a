using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;
using AniWorld.Services.Tests.Catalogue;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Streaming;

[Trait("Database", "both")]
public sealed class HosterHealthTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly TestHost _host;
    private readonly List<HosterChange> _changes = [];
    private int _asked;

    public HosterHealthTests()
    {
        _host = new TestHost(_time);
        Health.Changed += _changes.Add;
    }

    private HosterHealth Health => _host.Get<HosterHealth>();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_hoster_that_fails_again_and_again_is_asked_no_more_and_that_is_told_once()
    {
        await BreakAsync();

        for (var i = 0; i < 50; i++)
        {
            var fault = await FailAsync("http_503");
            Assert.True(fault is HosterFault { IsResting: true, Hoster: "Rangeo", Code: "http_503", RetryAfter: not null });
            Assert.Contains("Rangeo fails again and again", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(6, _asked);
        Assert.False(Assert.Single(_changes).IsBack);
        Assert.NotNull(Health.RestOf("rangeo"));
        Assert.Null(Health.RestOf("Rangeo", "Streamly"));
    }

    [Fact]
    public async Task A_single_try_shows_that_it_is_back()
    {
        await BreakAsync();
        _time.Advance(Health.RestOf("Rangeo")!.RetryAfter!.Value);

        Assert.Equal("http_503", (await FailAsync("http_503")).Code);
        Assert.Equal(7, _asked);
        Assert.InRange(Health.RestOf("Rangeo")!.RetryAfter!.Value, TimeSpan.FromSeconds(31), TimeSpan.FromMinutes(15));

        _time.Advance(Health.RestOf("Rangeo")!.RetryAfter!.Value);
        await SucceedAsync();
        await SucceedAsync();

        Assert.Null(Health.RestOf("Rangeo"));
        Assert.Equal([false, true], _changes.Select(change => change.IsBack));
    }

    [Fact]
    public async Task While_one_tries_whether_it_is_back_the_others_wait()
    {
        await BreakAsync();
        _time.Advance(Health.RestOf("Rangeo")!.RetryAfter!.Value);
        var answer = new TaskCompletionSource<int>();
        var probe = Health.AskAsync("Rangeo", _ => answer.Task, CancellationToken.None);

        Assert.True(await FailAsync("http_503") is HosterFault { IsResting: true });
        answer.SetResult(1);
        await probe;

        await SucceedAsync();
    }

    [Fact]
    public async Task Videos_that_are_gone_break_no_hoster()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.IsNotType<HosterFault>(await FailAsync("http_404"));
        }

        Assert.Null(Health.RestOf("Rangeo"));
    }

    [Fact]
    public async Task A_hoster_that_asks_for_a_break_gets_it()
    {
        await FailAsync("rate_limited", TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(7), Health.RestOf("Rangeo")!.RetryAfter);
        _time.Advance(TimeSpan.FromSeconds(7));

        Assert.Null(Health.RestOf("Rangeo"));
        Assert.Empty(_changes);
    }

    [Fact]
    public async Task What_breaks_midway_counts_too()
    {
        for (var i = 0; i < 3; i++)
        {
            await SucceedAsync();
            Health.Failed("Rangeo", new FaultException(FaultCode.Stalled, Sentence.Plain("Silence.")));
        }

        Assert.Equal("stalled", Health.RestOf("Rangeo")?.Code);
    }

    [Fact]
    public async Task The_users_order_comes_first_then_the_reliable_then_the_fast_and_then_the_pages()
    {
        Health.Delivered("Slow", TimeSpan.Zero, 1 << 20);
        Health.Delivered("Fast", TimeSpan.Zero, 1 << 24);
        Health.Failed("Shaky", new FaultException(FaultCode.Truncated, Sentence.Plain("Cut.")));
        Health.Failed("Wished", new FaultException(FaultCode.Truncated, Sentence.Plain("Cut.")));
        await _host.Get<SourceHealthService>().FlushAsync();

        var order = await Health.OrderAsync([Link("Shaky"), Link("New"), Link("Slow"), Link("Newer"), Link("Fast"), Link("Wished")], ["wished"]);

        Assert.Equal(["Wished", "Fast", "Slow", "New", "Newer", "Shaky"], order.Select(link => link.Hoster));
    }

    [Fact]
    public async Task How_a_hoster_does_is_remembered()
    {
        for (var i = 0; i < 4; i++)
        {
            Health.Delivered("Rangeo", TimeSpan.FromMilliseconds(40), 1000);
        }

        await _host.Get<SourceHealthService>().FlushAsync();
        Health.Failed("Rangeo", new FaultException(FaultCode.Http(404), Sentence.Plain("Not there.")));
        Health.Failed("Rangeo", new FaultException(FaultCode.DiskFull, Sentence.Plain("Our own disk.")));
        await _host.Get<SourceHealthService>().FlushAsync();

        var state = Assert.Single(await Health.ListAsync());
        Assert.Equal(("Rangeo", 4L, 1L, "http_404: Not there."), (state.Record.Name, state.Record.Successes, state.Record.Failures, state.Record.LastError));
        Assert.Equal(0.8, state.Record.SuccessRate!.Value, 0.001);
        Assert.Equal(1000, state.Record.Speed!.Value, 0.001);
        Assert.Null(state.Rest);
    }

    private static HosterLink Link(string hoster) => new(Language.DeDub, hoster, new Uri($"https://example.org/{hoster}"), null!);

    private async Task BreakAsync()
    {
        for (var i = 0; i < 6; i++)
        {
            await FailAsync("http_503");
        }

        Assert.NotNull(Health.RestOf("Rangeo"));
    }

    private Task<int> SucceedAsync() => Health.AskAsync("Rangeo", _ => Task.FromResult(++_asked), CancellationToken.None);

    private Task<FaultException> FailAsync(string code, TimeSpan? retryAfter = null) => Assert.ThrowsAnyAsync<FaultException>(() => Health.AskAsync<int>(
        "Rangeo",
        _ =>
        {
            _asked++;
            throw new FaultException(code, Sentence.Plain("So it is.")) { RetryAfter = retryAfter };
        },
        CancellationToken.None));
}
