using System.Net.WebSockets;

namespace AniWorld.Services.Progress;

/// <summary>One client: what it asks for, what it gets, and how it ends.</summary>
internal sealed class WebSocketConnection(
    WebSocket socket, string? sessionId, ProgressService progress, WebSocketLimits limits, TimeProvider time)
{
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    private readonly ProgressOutbox _outbox = new(limits.Unread, ProgressRooms.None);
    private readonly MessageReader _reader = new(socket, limits.MessageBytes);
    private readonly MessageRate _rate = new(limits.MessagesPerSecond, time);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Ending? _ending;

    public Guid Id { get; } = Guid.NewGuid();

    public string? SessionId => sessionId;

    /// <summary>Done when the client is gone.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Serves the client until one side closes or the connection breaks; never throws for what the client does.</summary>
    public async Task RunAsync()
    {
        _outbox.Answer(RoomMessages.Connected(time.GetUtcNow(), Id));
        progress.Add(_outbox);
        var receiving = ReceiveAsync();
        var sending = SendAsync();
        try
        {
            await Task.WhenAny(receiving, sending);
            Close(WebSocketCloseStatus.NormalClosure, "");

            // The last message has its own time-out; the handshake after it gets one more.
            await sending;
            await receiving.WaitAsync(limits.CloseTimeout, time);
        }
        catch (TimeoutException)
        {
            // The peer does not answer the close; it has had its time.
        }
        finally
        {
            progress.Remove(_outbox);
            socket.Abort();
            await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _completion.SetResult();
        }
    }

    /// <summary>Ends the connection: the current message is finished, the close is sent. Only the first call counts.</summary>
    /// <param name="deliver">Whether the client still gets what waits for it.</param>
    public void Close(WebSocketCloseStatus status, string reason, bool deliver = false)
    {
        if (Interlocked.CompareExchange(ref _ending, new Ending(status, reason, deliver), null) is null)
        {
            _outbox.End(discard: !deliver);
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (_ending is null && await _reader.ReadAsync() is { } message)
            {
                if (_ending is null && _rate.Admits())
                {
                    Handle(SocketRequest.Parse(message));
                }
                else
                {
                    Close(WebSocketCloseStatus.PolicyViolation, $"More than {limits.MessagesPerSecond} messages in a second.");
                }
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                await _reader.ReadToCloseAsync();
            }
        }
        catch (MessageTooLongException)
        {
            Close(WebSocketCloseStatus.MessageTooBig, $"A message has at most {limits.MessageBytes} bytes.");
            await ReadToCloseAsync();
        }
        catch (Exception e) when (IsBroken(e))
        {
        }
    }

    private async Task ReadToCloseAsync()
    {
        try
        {
            await _reader.ReadToCloseAsync();
        }
        catch (Exception e) when (IsBroken(e))
        {
        }
    }

    private void Handle(SocketRequest request)
    {
        var now = time.GetUtcNow();
        switch (request)
        {
            case SocketRequest.Join join:
                progress.Join(_outbox, join.Room, join.Since, snapshot => RoomMessages.Joined(now, join.Room, snapshot));
                break;
            case SocketRequest.Leave leave:
                _outbox.Leave(leave.Room, RoomMessages.Left(now, leave.Room));
                break;
            case SocketRequest.Ping:
                _outbox.Answer(RoomMessages.Pong(now));
                break;
            case SocketRequest.Bad bad:
                _outbox.Answer(RoomMessages.Error(now, bad.Code, bad.Message));
                break;
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (await _outbox.TakeAsync(CancellationToken.None) is { } batch)
            {
                foreach (var message in batch.Where(message => !message.Json.IsEmpty))
                {
                    if (_ending is { Deliver: false } || _outbox.Overflowed)
                    {
                        break;
                    }

                    await SendAsync(message.Json);
                }
            }

            if (_outbox.Overflowed)
            {
                Close(TryAgainLater, "Too much waits unread; come back with since.");
            }

            // The outbox also ends when the hub closes, which is the end of the program.
            var ending = _ending ?? new Ending(WebSocketCloseStatus.EndpointUnavailable, "The server stops.", false);
            await socket.CloseOutputAsync(ending.Status, ending.Reason, CancellationToken.None)
                .WaitAsync(limits.CloseTimeout, time);
        }
        catch (TimeoutException)
        {
            socket.Abort();
        }
        catch (Exception e) when (IsBroken(e))
        {
        }
    }

    /// <summary>Sends one message; a client that does not read it in time is told to come back, if it reads on soon enough.</summary>
    /// <exception cref="TimeoutException">It did not read on.</exception>
    private async Task SendAsync(ReadOnlyMemory<byte> json)
    {
        var sent = socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        if (sent.IsCompleted)
        {
            await sent;
            return;
        }

        var sending = sent.AsTask();
        try
        {
            await Task.WhenAny(sending, _outbox.Ended).WaitAsync(limits.ReadTimeout, time);
        }
        catch (TimeoutException)
        {
            Close(TryAgainLater, $"Nothing was read for {limits.ReadTimeout.TotalSeconds:0} seconds; come back with since.");
        }

        await sending.WaitAsync(limits.CloseTimeout, time);
    }

    private static bool IsBroken(Exception e) =>
        e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;

    private sealed record Ending(WebSocketCloseStatus Status, string Reason, bool Deliver);
}
