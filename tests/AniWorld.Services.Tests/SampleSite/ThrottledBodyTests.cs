using AniWorld.SampleSite.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.SampleSite;

public sealed class ThrottledBodyTests
{
    [Fact]
    public async Task So_many_bytes_pass_per_second()
    {
        var time = new FakeTimeProvider();
        using var received = new MemoryStream();
        await using var body = new ThrottledBody(received, bytesPerSecond: 1000, time, TestContext.Current.CancellationToken);

        var writing = body.WriteAsync(new byte[2000], TestContext.Current.CancellationToken).AsTask();

        Assert.Equal(50, received.Length);
        time.Advance(TimeSpan.FromMilliseconds(500));
        await WaitUntilAsync(() => received.Length == 550);
        Assert.False(writing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        await writing;
        Assert.Equal(2000, received.Length);
    }

    [Fact]
    public async Task Waiting_ends_when_the_client_leaves()
    {
        using var leaving = new CancellationTokenSource();
        await using var body = new ThrottledBody(new MemoryStream(), bytesPerSecond: 1, new FakeTimeProvider(), leaving.Token);
        var writing = body.WriteAsync(new byte[100], TestContext.Current.CancellationToken).AsTask();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    /// <summary>Lets the continuations of an advanced clock run.</summary>
    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
