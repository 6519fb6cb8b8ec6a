using System.Threading.Channels;
using AniWorld.Services.Disk;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Has ffmpeg make an MP4 of a stream while it arrives: it is fed with the part file from the beginning, as that grows.</summary>
/// <remarks>
/// The part file stays what counts: the output is made anew in each run, and when ffmpeg fails here the tracks are joined after the
/// download as others are. For one track whose clock goes on evenly; others have to be there before they can be joined.
/// </remarks>
internal sealed class LiveRemux(MediaDownloadOptions options, SegmentPart part, string output, ILogger logger) : IAsyncDisposable
{
    private const int PieceBytes = 256 << 10;

    /// <summary>Between two flushes of the output, so that the last one has little left to do.</summary>
    private const long FlushBytes = 64L << 20;

    /// <summary>For what is left to do once all has arrived.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly Channel<long> _lengths = Channel.CreateBounded<long>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private Task<ExternalTool.Result>? _run;
    private long _fed;
    private bool _isDone;

    /// <summary>Tells that the part file has grown by whole segments.</summary>
    public void Arrived()
    {
        _run ??= Task.Run(RunAsync);
        _lengths.Writer.TryWrite(part.Length);
    }

    /// <summary>Waits for the rest, once all has arrived.</summary>
    /// <returns>False when nothing came of it.</returns>
    public async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        _lengths.Writer.TryComplete();
        _stop.CancelAfter(Patience);
        try
        {
            var result = await (_run ?? throw new InvalidOperationException("Nothing arrived.")).WaitAsync(cancellationToken);
            _isDone = result.ExitCode == 0 && _fed == part.Length;
            if (!_isDone)
            {
                logger.LogWarning("ffmpeg gave up on the arriving stream ({Reason}); it is joined now that it is there", result.LastLine);
            }
        }
        catch (Exception e) when (e is FaultException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogWarning("The arriving stream could not be given to ffmpeg ({Reason}); it is joined now that it is there", e.Message);
        }

        return _isDone;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_run is not null && !_isDone)
        {
            await _run.ContinueWith(run => _ = run.Exception, TaskScheduler.Default);
            if (options.MayWrite())
            {
                File.Delete(output);
            }
        }

        _stop.Dispose();
    }

    private Task<ExternalTool.Result> RunAsync()
    {
        MediaJoiner.Prepare(output);
        var format = ContainerSniffer.Sniff(part.Head(ContainerSniffer.HeadBytes)) is MediaContainer.MpegTs ? "mpegts" : "mov";
        string[] arguments =
        [
            .. MediaJoiner.Quiet, "-f", format, "-protocol_whitelist", "pipe", "-i", "pipe:0", .. MediaJoiner.OneInput, .. MediaJoiner.Mp4, "file:" + output,
        ];
        return ExternalTool.RunAsync(options.Ffmpeg!, arguments, Timeout.InfiniteTimeSpan, _stop.Token, FeedAsync);
    }

    private async Task FeedAsync(Stream input, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceBytes];
        var flushed = 0L;
        await foreach (var length in _lengths.Reader.ReadAllAsync(cancellationToken))
        {
            while (_fed < length)
            {
                var count = part.Read(piece.AsSpan(0, (int)Math.Min(piece.Length, length - _fed)), _fed);
                options.RequireMayWrite();
                await input.WriteAsync(piece.AsMemory(0, count), cancellationToken);
                _fed += count;
            }

            if (_fed - flushed >= FlushBytes && File.Exists(output))
            {
                Durable.FlushFile(output);
                flushed = _fed;
            }
        }
    }
}
