using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads;

/// <summary>One address to fetch.</summary>
/// <param name="Address">Of a video file or an HLS playlist.</param>
/// <param name="Target">Absolute path without extension.</param>
/// <param name="Extension">One of <see cref="MediaFetch.Extensions"/>; <see langword="null"/>: as is found, and <c>mp4</c> for playlists.</param>
public sealed record FetchOrder(Uri Address, string Target, string? Extension);

/// <summary>Brings what an address leads to on disk: the engine alone, without catalogue, queue and database.</summary>
public sealed class MediaFetch
{
    private readonly MediaLink _link;
    private readonly IMediaDownloader _downloader;
    private readonly MediaTools _tools;
    private readonly AniWorldOptions _options;
    private readonly TimeProvider _time;

    internal MediaFetch(MediaLink link, IMediaDownloader downloader, MediaTools tools, TransferLimits limits, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
    {
        (_link, _downloader, _tools, _options, _time) = (link, downloader, tools, options.CurrentValue, time);
        limits.BytesPerSecond = new SpeedLimit(_options.Downloads.SpeedLimitMbps, Rule: null).BytesPerSecond;
        limits.ConnectionsPerHost = _options.Downloads.PerHost;
    }

    /// <summary>What a finished file may be called, without dots.</summary>
    public static IReadOnlyList<string> Extensions => TargetPaths.Extensions;

    /// <exception cref="FaultException">It failed; what is there of it stays for another try.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a later call goes on from what is on disk.</exception>
    public async Task<DownloadedMedia> FetchAsync(
        FetchOrder order, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var media = await FetchOnceAsync(order, progress, cancellationToken);
                return order.Extension is { } extension ? Rename(media, $"{order.Target}.{extension}") : media;
            }
            catch (FaultException e) when (e is { Code: FaultCode.RateLimited, RetryAfter: not null } && attempt < _options.Downloads.Attempts)
            {
                // There is no queue here that would come back to it.
                await Task.Delay(e.RetryAfter.Value, _time, cancellationToken);
            }
        }
    }

    private async Task<DownloadedMedia> FetchOnceAsync(
        FetchOrder order, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var stream = await _link.OpenAsync(order.Address, cancellationToken);
        return await _downloader.DownloadAsync(stream, order.Target, OptionsFor(order, stream.Main.Transfer), progress, cancellationToken);
    }

    private MediaDownloadOptions OptionsFor(FetchOrder order, TransferKind transfer)
    {
        var ffmpeg = transfer == TransferKind.Hls ? JoinerFor(order) : _tools.Ffmpeg;
        return MediaDownloadOptions.From(_options) with { Ffmpeg = ffmpeg, Ffprobe = _tools.Ffprobe };
    }

    private string? JoinerFor(FetchOrder order) => order.Extension switch
    {
        null => _tools.Ffmpeg,
        "ts" => null,
        "mp4" => _tools.Ffmpeg ?? throw MediaJoiner.Missing(),
        _ => throw new FaultException(
            FaultCode.NameConflict, new Sentence("fault_playlist_name", order.Extension)),
    };

    /// <summary>The file has the name that was asked for, also where its content is known by another extension.</summary>
    private static DownloadedMedia Rename(DownloadedMedia media, string wanted)
    {
        if (media.Path == wanted)
        {
            return media;
        }

        try
        {
            NewName.Give(media.Path, wanted);
            Durable.FlushFolder(Path.GetDirectoryName(wanted)!);
            return media with { Path = wanted };
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, wanted);
        }
    }
}
