using AniWorld.Services.Progress;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Progress;

public sealed class RecentNoticesTests : IDisposable
{
    private readonly ProgressService _progress = new(new CallbackManager(NullLogger<CallbackManager>.Instance), TimeProvider.System);
    private readonly RecentNotices _notices;

    public RecentNoticesTests() => _notices = new RecentNotices(_progress);

    public void Dispose()
    {
        _notices.Dispose();
        _progress.Dispose();
    }

    [Fact]
    public void Of_each_kind_the_newest_is_kept_and_of_all_the_newest_twenty()
    {
        for (var i = 0; i < 30; i++)
        {
            Take($"code-{i}", "first");
        }

        Take("code-20", "again");

        Assert.Equal(20, _notices.List.Count);
        Assert.Equal(("code-20", "again"), (_notices.List[0].Notice.Code, _notices.List[0].Notice.Message));
        Assert.Equal("code-29", _notices.List[1].Notice.Code);
        Assert.Equal(_notices.List.Count, _notices.List.Select(one => one.Notice.Code).Distinct().Count());
    }

    [Fact]
    public async Task What_the_server_says_is_kept()
    {
        await _notices.StartAsync(TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                // It may listen a moment after its start.
                _progress.Publish(new SystemNotice("warning", "disk_full", "The disk is full."));
                return _notices.List.Count > 0;
            },
            TimeSpan.FromMinutes(2)));
        await _notices.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("The disk is full.", Assert.Single(_notices.List).Notice.Message);
    }

    private void Take(string code, string message) => _notices.Take(new TimedNotice(new SystemNotice("info", code, message), DateTimeOffset.UtcNow));
}
