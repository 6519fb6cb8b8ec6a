using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Reads a media body: gives it up when it stalls, holds while the user pauses.</summary>
internal sealed class BodyReader : IDisposable
{
    private static readonly TimeSpan PauseLook = TimeSpan.FromMilliseconds(250);

    private readonly Stream _stream;
    private readonly StallWatch _watch;
    private readonly Uri _uri;
    private readonly MediaDownloadOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;

    private BodyReader(Stream stream, Uri uri, MediaDownloadOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        (_stream, _uri, _options, _time, _cancellationToken) = (stream, uri, options, time, cancellationToken);
        _watch = new StallWatch(options.Stall, time, cancellationToken);
    }

    public static async Task<BodyReader> OpenAsync(
        HttpResponseMessage response, MediaDownloadOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        new(await response.Content.ReadAsStreamAsync(cancellationToken), response.RequestMessage!.RequestUri!, options, time, cancellationToken);

    /// <returns>0 at the end of the body.</returns>
    /// <exception cref="FaultException"><c>stalled</c>, <c>truncated</c>, <c>protocol_error</c>.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (_options.IsPaused())
        {
            while (_options.IsPaused())
            {
                await Task.Delay(PauseLook, _time, _cancellationToken);
            }

            _watch.Restart();
        }

        try
        {
            return await _watch.ReadAsync(_stream, buffer, _uri.Authority);
        }
        catch (Exception e) when (e is not (FaultException or OperationCanceledException) && OutboundFaults.Of(e, _uri) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Reads until the buffer is full or the body ends.</summary>
    public async ValueTask<int> ReadBlockAsync(Memory<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length && await ReadAsync(buffer[filled..]) is > 0 and var count)
        {
            filled += count;
        }

        return filled;
    }

    public FaultException Truncated() => new(
        FaultCode.Truncated, $"{_uri.Authority} ended the transfer before all bytes were there; it is tried again.");

    public void Dispose()
    {
        _stream.Dispose();
        _watch.Dispose();
    }
}
