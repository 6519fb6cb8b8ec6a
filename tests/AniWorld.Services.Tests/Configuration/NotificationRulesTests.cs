using AniWorld.Services.Configuration;

namespace AniWorld.Services.Tests.Configuration;

public sealed class NotificationRulesTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"type": "pigeon", "url": "https://x.example"}""", "notifications.0.type")]
    [InlineData("""{"type": "webhook"}""", "notifications.0.url")]
    [InlineData("""{"type": "webhook", "url": "ftp://x.example"}""", "notifications.0.url")]
    [InlineData("""{"type": "webhook", "url": "file:///etc/passwd"}""", "notifications.0.url")]
    [InlineData("""{"type": "telegram", "token": "1:x"}""", "notifications.0.channel")]
    [InlineData("""{"type": "telegram", "channel": "1"}""", "notifications.0.token")]
    [InlineData("""{"type": "jellyfin", "url": "http://media:8096"}""", "notifications.0.token")]
    [InlineData("""{"type": "email", "url": "https://x.example", "from": "a@b.example", "to": ["c@d.example"]}""", "notifications.0.url")]
    [InlineData("""{"type": "email", "url": "smtp://x.example:587", "from": "nobody", "to": ["c@d.example"]}""", "notifications.0.from")]
    [InlineData("""{"type": "email", "url": "smtp://x.example:587", "from": "a@b.example", "to": ["a@b.example", "x"]}""", "notifications.0.to.1")]
    [InlineData("""{"type": "email", "url": "smtp://x.example:587", "from": "a@b.example"}""", "notifications.0.to")]
    [InlineData("""{"type": "webhook", "url": "https://x.example", "events": ["download_complete", "rain"]}""", "notifications.0.events.1")]
    [InlineData("""{"type": "webhook", "url": "https://x.example", "templates": {"download_complete": "{nothing}"}}""", "notifications.0.templates.download_complete")]
    [InlineData("""{"type": "webhook", "url": "https://x.example", "templates": {"rain": "x"}}""", "notifications.0.templates.rain")]
    [InlineData("""{"type": "webhook", "url": "https://x.example", "debounce_seconds": 3601}""", "notifications.0.debounce_seconds")]
    public async Task What_a_notification_lacks_is_named(string item, string path)
    {
        using var service = _folder.Service();
        var named = item.Insert(1, "\"name\": \"one\", ");

        var valid = await service.ValidateAsync(ConfigFolder.Json($$"""{"notifications": [{{named}}]}"""), TestContext.Current.CancellationToken);

        Assert.Equal(path, Assert.Single(valid.Errors).Path);
    }

    [Fact]
    public async Task Its_secrets_are_never_shown()
    {
        using var service = _folder.Service();
        var change = await service.PutAsync(
            ConfigFolder.Json("""
                {"notifications": [
                  {"name": "t", "type": "telegram", "token": "1:secret", "channel": "5"},
                  {"name": "k", "type": "kodi", "url": "http://kodi:8080/secret", "user": "kodi", "password": "secret"}]}
                """),
            TestContext.Current.CancellationToken);

        var shown = Assert.IsType<ConfigChange.Applied>(change).Configuration.ToJsonString();
        Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
        Assert.Contains("\"channel\":\"5\"", shown, StringComparison.Ordinal);
    }
}
