using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Downloads;

namespace AniWorld.Services.Tests.Downloads;

public sealed class ActiveDownloadsTests : IDisposable
{
    private readonly ActiveDownloads _active = new(TimeProvider.System);

    public void Dispose() => _active.Dispose();

    [Fact]
    public async Task The_end_of_an_earlier_run_leaves_the_later_one_of_the_same_item_to_be_stopped()
    {
        var item = new DownloadQueueItem
        {
            Id = Guid.NewGuid(),
            SeriesKey = "windspiel",
            SeriesName = "Windspiel",
            SeriesFolder = "Windspiel",
            Language = Language.DeDub,
        };
        using var earlier = new RunningDownload(item);
        using var later = new RunningDownload(item);
        _active.Add(earlier);
        _active.Add(later);

        _active.Remove(earlier);
        _active.Stop(item.Id, StopReason.Paused);

        await earlier.Ended;
        Assert.Equal(StopReason.Paused, later.Reason);
        Assert.Equal([item.Id], _active.Ids);
    }
}
