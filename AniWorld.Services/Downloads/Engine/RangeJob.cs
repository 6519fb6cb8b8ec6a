using AniWorld.Services.Outbound;
using AniWorld.Services.Streaming;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>What a direct download works on and with.</summary>
internal sealed record RangeJob(
    MediaTrack Track, RangePart Part, MediaDownloadOptions Options, TransferTally Tally, TransferShare Share, OutboundClient Outbound, TimeProvider Time)
{
    public string Host => Track.Url.Authority;

    /// <summary>Waits until the host may have another connection.</summary>
    public Task<HostConnection> ConnectAsync(CancellationToken cancellationToken) => Share.ConnectAsync(Track.Url, cancellationToken);

    /// <summary>Asks for bytes of the file.</summary>
    /// <param name="from">First byte; <see langword="null"/> for the whole file.</param>
    /// <param name="end">The byte after the last; <see langword="null"/> for all that follow.</param>
    /// <returns><see langword="null"/> when the answer to a range is nonsense, so that the file is to be asked for without.</returns>
    public async Task<RangeAnswer?> AskAsync(long? from, long? end, CancellationToken cancellationToken)
    {
        using var request = MediaRequest.Get(Track.Url, Track.Referer, from, end, Part.Origin?.IfRange);
        var response = await Outbound.SendAsync(request, cancellationToken);
        RangeAnswer? answer = null;
        try
        {
            return answer = RangeAnswer.Judge(response, from, end, Part.Origin, Time);
        }
        finally
        {
            if (answer is null)
            {
                response.Dispose();
            }
        }
    }

    public Task<BodyReader> OpenAsync(RangeAnswer answer, CancellationToken cancellationToken) =>
        BodyReader.OpenAsync(answer.Response, Options, Share, Time, cancellationToken);

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long position)
    {
        await Part.WriteAsync(bytes.Span, position);
        Tally.Add(bytes.Length);
    }
}
