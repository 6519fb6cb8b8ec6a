using AniWorld.Data.Library;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Progress;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads;

public sealed class TransferReportTests
{
    private readonly CallbackManager _callbacks = new(NullLogger<CallbackManager>.Instance);
    private readonly List<long> _shown = [];
    private readonly List<double> _percents = [];

    public TransferReportTests() => _callbacks.OnProgress(context =>
    {
        _shown.Add(context.Transfer!.DownloadedBytes);
        _percents.Add(context.Percent);
    });

    [Fact]
    public void After_a_crash_no_less_is_shown_than_before()
    {
        var report = Report(downloaded: 500, total: 1000);

        report.Phase(DownloadPhase.Resolving);
        report.Report(new(DownloadStage.Transferring, 440, 1000, 0.44));
        report.Report(new(DownloadStage.Transferring, 510, 1000, 0.51));

        Assert.Equal([500, 500, 510], _shown);
    }

    [Fact]
    public void After_a_crash_no_less_is_shown_of_a_playlist_either()
    {
        var report = Report(downloaded: 500, total: 0, percent: 50);

        report.Phase(DownloadPhase.Resolving);
        report.Report(new(DownloadStage.Transferring, 440, null, 0.44));
        report.Report(new(DownloadStage.Transferring, 510, null, 0.51));

        Assert.Equal([500, 500, 510], _shown);
        Assert.Equal([50, 50, 51], _percents);
    }

    [Fact]
    public void Another_file_begins_anew()
    {
        var report = Report(downloaded: 500, total: 1000);

        report.Report(new(DownloadStage.Transferring, 10, 900, 0.01));

        Assert.Equal([10], _shown);
    }

    [Fact]
    public void The_same_file_from_its_beginning_begins_anew()
    {
        var report = Report(downloaded: 500L << 20, total: 1000L << 20);

        report.Report(new(DownloadStage.Transferring, 10, 1000L << 20, 0.01));

        Assert.Equal([10], _shown);
    }

    private TransferReport Report(long downloaded, long total, double percent = 0) => new(Order(downloaded, total, percent), _callbacks, new FakeTimeProvider());

    private static EpisodeOrder Order(long downloaded, long total, double percent) => new()
    {
        Provider = "site",
        Episode = new("mondlotse", 1, 1),
        Language = Language.DeDub,
        TargetPath = "/nowhere",
        Options = new(),
        DownloadedBytes = downloaded,
        TotalBytes = total,
        Percent = percent,
    };
}
