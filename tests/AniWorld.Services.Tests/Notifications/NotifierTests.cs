using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Tests.Notifications;

/// <summary>What each service is sent, byte for byte as its documentation has it.</summary>
public sealed class NotifierTests : IAsyncLifetime
{
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Receiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task A_webhook_gets_json_that_is_signed_with_its_token()
    {
        var sent = await DeliverAsync(new() { Name = "hook", Type = "webhook", Url = _receiver.Url + "/hook?room=1", Token = "key" });

        Assert.Equal(("POST", "/hook?room=1", "application/json"), (sent.Method, sent.Path, sent.Headers["Content-Type"]));
        Assert.Equal(("download_complete", "info"), (sent.Headers["X-AniWorld-Event"], sent.Json.GetProperty("level").GetString()));
        Assert.Equal("Downloaded: Mondlotse (2013) S01E02", sent.Json.GetProperty("title").GetString());
        Assert.Equal("In de-dub, 3 MiB.", sent.Json.GetProperty("message").GetString());
        Assert.Equal(
            ("mondlotse", "1", "2"),
            (sent.Json.GetProperty("data").GetProperty("key").GetString(), sent.Json.GetProperty("data").GetProperty("season").GetString(),
                sent.Json.GetProperty("data").GetProperty("number").GetString()));
        Assert.Matches("^[0-9-]{10}T[0-9:]{8}Z$", sent.Json.GetProperty("timestamp").GetString());
        var signature = HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes($"{sent.Headers["X-AniWorld-Timestamp"]}.{sent.Body}"));
        Assert.Equal($"sha256={Convert.ToHexStringLower(signature)}", sent.Headers["X-AniWorld-Signature"]);
    }

    [Fact]
    public async Task A_webhook_without_a_token_is_not_signed() => Assert.DoesNotContain(
        "X-AniWorld-Signature", (await DeliverAsync(new() { Name = "hook", Type = "webhook", Url = _receiver.Url })).Headers.Keys);

    [Fact]
    public async Task Discord_gets_an_embed_that_mentions_nobody()
    {
        _receiver.Says(204, "");
        var sent = await DeliverAsync(new() { Name = "d", Type = "discord", Url = _receiver.Url + "/api/webhooks/1/abc" });

        Assert.Equal(("POST", "/api/webhooks/1/abc"), (sent.Method, sent.Path));
        SameJson(
            """
            {"username":"AniWorld","embeds":[{"title":"Downloaded: Mondlotse (2013) S01E02","description":"In de-dub, 3 MiB.","color":3046706,"timestamp":"TIME"}],
             "allowed_mentions":{"parse":[]}}
            """,
            sent.Body.Replace(sent.Json.GetProperty("embeds")[0].GetProperty("timestamp").GetString()!, "TIME", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Telegram_gets_a_plain_text_for_the_chat()
    {
        var sent = await DeliverAsync(new() { Name = "t", Type = "telegram", Url = _receiver.Url, Token = "12345:AbC-_x", Channel = "-100987" });

        Assert.Equal(("POST", "/bot12345:AbC-_x/sendMessage"), (sent.Method, sent.Path));
        SameJson(
            """{"chat_id":"-100987","text":"Downloaded: Mondlotse (2013) S01E02\nIn de-dub, 3 MiB.","link_preview_options":{"is_disabled":true}}""", sent.Body);
    }

    [Fact]
    public async Task Ntfy_gets_the_topic_in_the_message_and_the_token_as_a_bearer()
    {
        var sent = await DeliverAsync(new() { Name = "n", Type = "ntfy", Url = _receiver.Url, Token = "tk_abc", Channel = "anime" });

        Assert.Equal(("POST", "/", "Bearer tk_abc"), (sent.Method, sent.Path, sent.Headers["Authorization"]));
        SameJson(
            """{"topic":"anime","title":"Downloaded: Mondlotse (2013) S01E02","message":"In de-dub, 3 MiB.","priority":3,"tags":["tv"]}""", sent.Body);
    }

    [Fact]
    public async Task Gotify_gets_the_apps_token_in_its_header()
    {
        var sent = await DeliverAsync(new() { Name = "g", Type = "gotify", Url = _receiver.Url + "/gotify/", Token = "A.token" });

        Assert.Equal(("POST", "/gotify/message", "A.token"), (sent.Method, sent.Path, sent.Headers["X-Gotify-Key"]));
        SameJson("""{"title":"Downloaded: Mondlotse (2013) S01E02","message":"In de-dub, 3 MiB.","priority":4}""", sent.Body);
    }

    [Fact]
    public async Task Jellyfin_is_asked_to_refresh_its_library()
    {
        _receiver.Says(204, "");
        var sent = await DeliverAsync(new() { Name = "j", Type = "jellyfin", Url = _receiver.Url + "/media", Token = "abc" });

        Assert.Equal(
            ("POST", "/media/Library/Refresh", "MediaBrowser Token=\"abc\"", ""), (sent.Method, sent.Path, sent.Headers["Authorization"], sent.Body));
    }

    [Theory]
    [InlineData(null, "/library/sections/all/refresh")]
    [InlineData("3", "/library/sections/3/refresh")]
    public async Task Plex_is_asked_to_refresh_one_section_or_all(string? section, string path)
    {
        var sent = await DeliverAsync(new() { Name = "p", Type = "plex", Url = _receiver.Url, Token = "abc", Channel = section });

        Assert.Equal(("GET", path, "abc"), (sent.Method, sent.Path, sent.Headers["X-Plex-Token"]));
    }

    [Fact]
    public async Task Kodi_is_asked_to_scan_over_json_rpc()
    {
        _receiver.Says(200, """{"id":1,"jsonrpc":"2.0","result":"OK"}""");
        var sent = await DeliverAsync(new() { Name = "k", Type = "kodi", Url = _receiver.Url, User = "kodi", Password = "pässword" });

        Assert.Equal(("POST", "/jsonrpc"), (sent.Method, sent.Path));
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("kodi:pässword"))}", sent.Headers["Authorization"]);
        SameJson("""{"jsonrpc":"2.0","id":1,"method":"VideoLibrary.Scan"}""", sent.Body);
    }

    [Theory]
    [InlineData("""{"id":1,"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found."}}""")]
    [InlineData("<html>")]
    public async Task What_is_no_Kodi_is_told(string answer)
    {
        _receiver.Says(200, answer);
        await using var world = new NotificationWorld();

        Assert.Contains("does not answer as Kodi", await world.TestAsync(new() { Name = "k", Type = "kodi", Url = _receiver.Url }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""", "does not accept the token", "Unauthorized")]
    [InlineData(404, "nothing", "nothing at this address", "404")]
    [InlineData(400, """{"error":"Bad Request","errorCode":400,"errorDescription":"message is empty"}""", "400", "message is empty")]
    [InlineData(500, """{"message":"broken\u0007 here"}""", "500", "broken here")]
    public async Task A_refusal_is_told_with_what_the_service_says(int status, string answer, string first, string second)
    {
        _receiver.Says(status, answer);
        await using var world = new NotificationWorld();

        var said = await world.TestAsync(new() { Name = "t", Type = "telegram", Url = _receiver.Url, Token = "12345:secret", Channel = "1" });

        Assert.Contains(first, said, StringComparison.Ordinal);
        Assert.Contains(second, said, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
        Assert.Single(_receiver.All);
    }

    [Fact]
    public async Task Texts_are_cut_to_what_the_service_takes_and_never_within_a_character()
    {
        var template = new Dictionary<string, string> { ["download_complete"] = string.Concat(Enumerable.Repeat("😀", 300)) + "\n" + new string('x', 3_000) };
        var sent = await DeliverAsync(new() { Name = "d", Type = "discord", Url = _receiver.Url, Templates = template });

        var title = sent.Json.GetProperty("embeds")[0].GetProperty("title").GetString()!;
        Assert.True(title.Length <= 256, $"{title.Length} characters");
        Assert.EndsWith("😀…", title, StringComparison.Ordinal);
    }

    private async Task<Received> DeliverAsync(NotificationOptions target)
    {
        await using var world = new NotificationWorld(target);
        await world.TellAsync(NotificationWorld.Completed());
        await NotificationWorld.UntilAsync(() => !_receiver.All.IsEmpty);
        return Assert.Single(_receiver.All);
    }

    private static void SameJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"expected {expected}\nwas {actual}");
}
