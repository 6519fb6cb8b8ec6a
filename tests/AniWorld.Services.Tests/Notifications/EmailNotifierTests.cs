using AniWorld.Services.Configuration;

namespace AniWorld.Services.Tests.Notifications;

public sealed class EmailNotifierTests : IAsyncLifetime
{
    private readonly MailServer _server = new();

    private NotificationOptions Target => new()
    {
        Name = "mail",
        Type = "email",
        Url = _server.Url,
        From = "AniWorld <aniworld@example.org>",
        To = ["a@example.org", "b@example.org"],
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_is_sent_to_each_receiver_with_title_and_text()
    {
        await using var world = new NotificationWorld(Target);
        await world.TellAsync(NotificationWorld.Completed(folder: "Schloß im Nebel"));
        await NotificationWorld.UntilAsync(() => _server.Commands.Contains("QUIT"));

        Assert.Contains("MAIL FROM:<aniworld@example.org>", _server.Commands, StringComparer.Ordinal);
        Assert.Equal(["RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>"], _server.Commands.Where(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
        var mail = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(_server.Messages[0])), TestContext.Current.CancellationToken);
        Assert.Equal("Downloaded: Schloß im Nebel S01E02", mail.Subject);
        Assert.Equal("In de-dub, 3 MiB.", mail.TextBody?.Trim());
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.EndsWith("@aniworld.invalid", mail.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_cannot_add_headers()
    {
        await using var world = new NotificationWorld(Target);
        await world.TellAsync(NotificationWorld.Completed(folder: "X\r\nBcc: evil@example.org"));
        await NotificationWorld.UntilAsync(() => _server.Commands.Contains("QUIT"));

        Assert.Equal(2, _server.Commands.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.DoesNotContain(_server.Messages[0].Split('\n'), line => line.StartsWith("Bcc:", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task It_logs_in_when_a_user_is_set()
    {
        _server.Password = "pass word";
        await using var world = new NotificationWorld();

        Assert.Null(await world.TestAsync(Target with { User = "me", Password = "pass word" }));
        Assert.Contains("does not accept", await world.TestAsync(Target with { User = "me", Password = "wrong" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_log_in_is_told_apart_from_one_that_is_not_there()
    {
        await using var world = new NotificationWorld();

        Assert.Contains("does not accept", await world.TestAsync(Target with { User = "me", Password = "x" }), StringComparison.Ordinal);
        Assert.Contains("cannot be connected to", await world.TestAsync(Target with { Url = "smtp://127.0.0.1:1" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_receiver_is_told()
    {
        _server.ReplyToReceiver = "550 no such user";
        await using var world = new NotificationWorld();

        Assert.Contains("550", await world.TestAsync(Target), StringComparison.Ordinal);
    }
}
