using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Reads a media body no faster than allowed: gives it up when it stalls, holds while the user pauses.</summary>
internal sealed class BodyReader : IDisposable
{
    private static readonly TimeSpan PauseLook = TimeSpan.FromMilliseconds(250);

    private readonly Stream _stream;
    private StallWatch _watch;
    private readonly Uri _uri;
    private readonly MediaDownloadOptions _options;
    private readonly TransferShare _share;
    private readonly TimeProvider _time;
    private CancellationToken _cancellationToken;

    private BodyReader(
        Stream stream, Uri uri, MediaDownloadOptions options, TransferShare share, TimeProvider time, CancellationToken cancellationToken)
    {
        (_stream, _uri, _options, _share, _time, _cancellationToken) = (stream, uri, options, share, time, cancellationToken);
        _watch = new StallWatch(options.Stall, time, cancellationToken);
    }

    public static async Task<BodyReader> OpenAsync(
        HttpResponseMessage response, MediaDownloadOptions options, TransferShare share, TimeProvider time, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new(stream, response.RequestMessage!.RequestUri!, options, share, time, cancellationToken);
    }

    /// <summary>Reads on until another token says otherwise.</summary>
    public void StopWith(CancellationToken cancellationToken)
    {
        _watch.Dispose();
        (_watch, _cancellationToken) = (new StallWatch(_options.Stall, _time, cancellationToken), cancellationToken);
    }

    /// <returns>0 at the end of the body.</returns>
    /// <exception cref="FaultException"><c>stalled</c>, <c>truncated</c>, <c>protocol_error</c>.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        await WaitWhilePausedAsync();
        var taking = _share.TakeAsync(buffer.Length, _cancellationToken);
        var waits = !taking.IsCompleted;
        var allowed = await taking;
        if (waits)
        {
            // That it is slow is our doing.
            _watch.Restart();
        }

        var count = 0;
        try
        {
            return count = await _watch.ReadAsync(_stream, buffer[..allowed], _uri.Authority);
        }
        catch (Exception e) when (e is not (FaultException or OperationCanceledException) && OutboundFaults.Of(e, _uri) is { } fault)
        {
            throw fault;
        }
        finally
        {
            _share.Took(allowed, count);
        }
    }

    /// <summary>Says that the reader itself made the other side wait, which then is not slow.</summary>
    public void Waited() => _watch.Restart();

    private async ValueTask WaitWhilePausedAsync()
    {
        if (!_options.IsPaused())
        {
            return;
        }

        do
        {
            await Task.Delay(PauseLook, _time, _cancellationToken);
        }
        while (_options.IsPaused());
        _watch.Restart();
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
        FaultCode.Truncated, new Sentence("fault_body_cut", _uri.Authority));

    public void Dispose()
    {
        _stream.Dispose();
        _watch.Dispose();
    }
}
