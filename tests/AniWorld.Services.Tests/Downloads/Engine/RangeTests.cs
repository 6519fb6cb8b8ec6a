using System.Text.Json;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>Base of the tests that fetch one clip directly.</summary>
public abstract class RangeTests : IAsyncLifetime
{
    private protected const int Size = 6_000_000;
    private protected static readonly byte[] Clip = Clips.Mp4(Size);

    private int _before;

    private protected EngineWorld World { get; } = new();

    /// <summary>Requests since <see cref="CancelAtAsync"/>.</summary>
    private protected IEnumerable<Exchange> AfterResume => World.Origin.Requests.Skip(_before);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs until so many bytes are told, cancels, and returns how many there were.</summary>
    private protected async Task<long> CancelAtAsync(long bytes)
    {
        using var cancel = new CancellationTokenSource();
        World.Progress.OnReport = progress =>
        {
            if (progress.DownloadedBytes >= bytes)
            {
                cancel.Cancel();
            }
        };
        var exception = await Record.ExceptionAsync(() => World.DownloadAsync("/clip", cancellationToken: cancel.Token));
        World.Progress.OnReport = null;
        Assert.IsAssignableFrom<OperationCanceledException>(exception);
        _before = World.Origin.Requests.Count;
        return World.Progress.All[^1].DownloadedBytes;
    }

    /// <summary>What an earlier run of the clip left.</summary>
    private protected async Task LeaveAsync(int done, int there, string etag)
    {
        await File.WriteAllBytesAsync(World.Part, Clip[..there]);
        await File.WriteAllTextAsync(
            World.Journal, $$"""{"version":1,"kind":"file","etag":{{JsonSerializer.Serialize(etag)}},"length":{{Size}},"done":[[0,{{done}}]]}""");
    }

    private protected void AssertProgressNeverGoesBack()
    {
        var told = World.Progress.All.Select(progress => progress.DownloadedBytes).ToList();
        Assert.Equal(told.Order(), told);
    }

    private protected async Task AssertWholeAsync() => Assert.Equal(Clip, await File.ReadAllBytesAsync(World.Target + ".mp4"));
}
