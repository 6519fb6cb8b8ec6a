using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AniWorld.Services.Tests.Notifications;

/// <summary>An SMTP server on loopback (RFC 5321) that takes one message after the other and keeps what clients said.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public MailServer()
    {
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public string Url => $"smtp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What is answered to a receiver's name.</summary>
    public string ReplyToReceiver { get; set; } = "250 ok";

    /// <summary>Whether it asks who is there.</summary>
    public string? Password { get; set; }

    public List<string> Commands { get; } = [];

    public List<string> Messages { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException || _end.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 mail.test ESMTP");
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            Commands.Add(line);
            await writer.WriteLineAsync(await ReplyAsync(line, reader, writer));
            if (line == "QUIT")
            {
                return;
            }
        }
    }

    private async Task<string> ReplyAsync(string line, StreamReader reader, StreamWriter writer)
    {
        if (line.StartsWith("EHLO", StringComparison.Ordinal))
        {
            return Password is null ? "250 mail.test" : "250-mail.test\r\n250 AUTH PLAIN";
        }

        if (line.StartsWith("AUTH PLAIN ", StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(line["AUTH PLAIN ".Length..])).EndsWith($"\0{Password}", StringComparison.Ordinal)
                ? "235 ok" : "535 no";
        }

        if (line.StartsWith("RCPT", StringComparison.Ordinal))
        {
            return ReplyToReceiver;
        }

        if (line != "DATA")
        {
            return line == "QUIT" ? "221 bye" : "250 ok";
        }

        await writer.WriteLineAsync("354 go on");
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } part && part != ".")
        {
            message.AppendLine(part);
        }

        Messages.Add(message.ToString());
        return "250 taken";
    }
}
