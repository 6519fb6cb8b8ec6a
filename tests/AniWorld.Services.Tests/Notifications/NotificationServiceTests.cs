using AniWorld.Services.Configuration;
using AniWorld.Services.Notifications;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Http;

namespace AniWorld.Services.Tests.Notifications;

public sealed class NotificationServiceTests : IAsyncLifetime
{
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await Receiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    private NotificationOptions Hook(params string[] events) => new() { Name = "hook", Type = "webhook", Url = _receiver.Url, Events = events };

    [Fact]
    public async Task Only_what_was_chosen_is_told()
    {
        await using var world = new NotificationWorld(Hook("download_failed", "new_episode"));
        await world.TellAsync(
            NotificationWorld.Completed(), NotificationWorld.Failed("http_404: Gone."), NotificationWorld.Failed("timeout: Slow.", willRetry: true),
            NotificationWorld.Found(3, 4));
        await UntilAsync(2);

        Assert.Equal(["download_failed", "new_episode"], _receiver.All.Select(one => one.Headers["X-AniWorld-Event"]));
        Assert.Equal("Gone.", _receiver.All.First().Json.GetProperty("message").GetString());
        Assert.Equal("New: Mondlotse (2013) S01E03, S01E04", _receiver.All.Last().Json.GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_happened_on_another_node_is_told_by_that_one()
    {
        await using var world = new NotificationWorld(Hook());
        await world.TellAsync();
        world.Progress.PublishFromElsewhere(NotificationWorld.Completed(1));
        world.Progress.Publish(NotificationWorld.Completed(2));
        await UntilAsync(1);

        Assert.EndsWith("S01E02", _receiver.All.Single().Json.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_off_is_not_told()
    {
        await using var world = new NotificationWorld(Hook() with { Enabled = false, Name = "off" }, Hook());
        await world.TellAsync(NotificationWorld.Completed(1), NotificationWorld.Completed(2));
        await UntilAsync(2);

        Assert.Null(world.Service.StateOf("off"));
        Assert.NotNull(world.Service.StateOf("hook"));
    }

    [Theory]
    [InlineData("disk_full: No room.", "disk_full")]
    [InlineData("target_missing: Not mounted.", "library_away")]
    public async Task A_full_disk_that_a_hundred_downloads_meet_is_told_once(string error, string name)
    {
        await using var world = new NotificationWorld(Hook());
        await world.TellAsync([.. Enumerable.Range(0, 100).Select(_ => NotificationWorld.Failed(error, willRetry: true)), NotificationWorld.Completed()]);
        await UntilAsync(2);

        Assert.Equal([name, "download_complete"], _receiver.All.Select(one => one.Headers["X-AniWorld-Event"]));
    }

    [Theory]
    [InlineData("warning", "provider_changed", "source_attention")]
    [InlineData("warning", "source_needs_attention", "source_attention")]
    [InlineData("error", "backup_failed", "backup_failed")]
    [InlineData("warning", "config_not_used", "warning")]
    public async Task A_notice_is_told_as_what_it_is_about(string level, string code, string name)
    {
        await using var world = new NotificationWorld(Hook(name));
        await world.TellAsync(new SystemNotice("info", code, "All is well."), new SystemNotice(level, code, "Look at it."));
        await UntilAsync(1);

        Assert.Equal(name, _receiver.All.First().Headers["X-AniWorld-Event"]);
        Assert.Equal("Look at it.", _receiver.All.First().Json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_users_own_words_are_used_in_the_first_line_as_title()
    {
        var templates = new Dictionary<string, string> { ["download_complete"] = "{series}: {episode}\n{language} {unknown} at {path}" };
        await using var world = new NotificationWorld(Hook() with { Templates = templates });
        await world.TellAsync(NotificationWorld.Completed());
        await UntilAsync(1);

        var sent = _receiver.All.First().Json;
        Assert.Equal("Mondlotse (2013): S01E02", sent.GetProperty("title").GetString());
        Assert.Equal("de-dub {unknown} at Mondlotse (2013)/Season 01/x.mp4", sent.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Texts_are_german_when_the_interface_is()
    {
        await using var world = new NotificationWorld(Hook());
        world.Options.CurrentValue = world.Options.CurrentValue with { Ui = new UiOptions { Language = "de" } };
        await world.TellAsync(NotificationWorld.Completed());
        await UntilAsync(1);

        Assert.StartsWith("Heruntergeladen:", _receiver.All.First().Json.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_receiver_that_is_down_for_a_while_gets_the_same_message_later(int status)
    {
        _receiver.Answer = context =>
        {
            context.Response.StatusCode = _receiver.All.Count < 3 ? status : 200;
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        };
        await using var world = new NotificationWorld(Hook());
        await world.TellAsync(NotificationWorld.Completed());
        await UntilAsync(3);
        await NotificationWorld.UntilAsync(() => world.Service.StateOf("hook")!.LastSuccess is not null);

        Assert.Single(_receiver.All.Select(one => one.Headers["X-AniWorld-Delivery"]).Distinct());
    }

    [Fact]
    public async Task A_refusal_that_stays_is_not_repeated_and_is_remembered()
    {
        _receiver.Says(401);
        await using var world = new NotificationWorld(Hook());
        await world.TellAsync(NotificationWorld.Completed());
        await NotificationWorld.UntilAsync(() => world.Service.StateOf("hook")?.LastError is not null);

        Assert.Single(_receiver.All);
        Assert.Contains("401", world.Service.StateOf("hook")!.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_up_nobody_and_its_line_is_bounded()
    {
        var hangs = new TaskCompletionSource();
        await using var slow = await Receiver.StartAsync();
        slow.Answer = _ => hangs.Task;
        await using var world = new NotificationWorld(Hook() with { Name = "slow", Url = slow.Url }, Hook());

        await world.TellAsync([.. Enumerable.Range(1, 150).Select(number => NotificationWorld.Completed(number))]);
        await UntilAsync(150);
        for (var number = 0; number < 500; number++)
        {
            world.Progress.Publish(NotificationWorld.Completed(number));
        }

        await UntilAsync(300);
        await NotificationWorld.UntilAsync(() => world.Service.StateOf("slow")!.Waiting == NotificationLine.Longest);
        Assert.Single(slow.All);
        hangs.SetResult();
    }

    [Fact]
    public async Task Many_downloads_are_one_refresh_of_the_library()
    {
        await using var world = new NotificationWorld(new NotificationOptions { Name = "jellyfin", Type = "jellyfin", Url = _receiver.Url, Token = "x", DebounceSeconds = 30 });
        world.Time.Leaps = _ => false;
        await world.TellAsync([.. Enumerable.Range(1, 26).Select(number => NotificationWorld.Completed(number)), NotificationWorld.Found(30)]);
        await NotificationWorld.UntilAsync(() => world.Service.StateOf("jellyfin") is { Waiting: 25 });
        Assert.Empty(_receiver.All);

        await NotificationWorld.UntilAsync(() =>
        {
            world.Time.Advance(TimeSpan.FromSeconds(31));
            return !_receiver.All.IsEmpty;
        });
        await NotificationWorld.UntilAsync(() => world.Service.StateOf("jellyfin")!.LastSuccess is not null);

        Assert.Single(_receiver.All);
        Assert.Equal(0, world.Service.StateOf("jellyfin")!.Waiting);
    }

    [Fact]
    public async Task The_owners_address_at_home_is_allowed_here_and_nowhere_else()
    {
        await using var world = new NotificationWorld(Hook());

        Assert.Null(await world.TestAsync(Hook()));
        using var request = new HttpRequestMessage(HttpMethod.Get, _receiver.Url);
        var fault = await Assert.ThrowsAsync<Faults.FaultException>(() => world.Outbound.SendAsync(request, TestContext.Current.CancellationToken));
        Assert.Equal("blocked_address", fault.Code);
        Assert.Single(_receiver.All);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await Receiver.StartAsync();
        _receiver.Answer = context =>
        {
            context.Response.Redirect(elsewhere.Url);
            return Task.CompletedTask;
        };
        await using var world = new NotificationWorld();

        Assert.Contains("redirects", await world.TestAsync(Hook() with { Token = "x" }), StringComparison.Ordinal);
        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task No_log_line_holds_a_secret()
    {
        _receiver.Says(500, "no");
        var secrets = new[] { "12345:topsecret1", "topsecret2", "topsecret3", "topsecret4", "topsecret5" };
        await using var world = new NotificationWorld(
            new() { Name = "t", Type = "telegram", Url = _receiver.Url, Token = secrets[0], Channel = "1" },
            new() { Name = "d", Type = "discord", Url = $"{_receiver.Url}/api/webhooks/1/{secrets[1]}" },
            new() { Name = "g", Type = "gotify", Url = _receiver.Url, Token = secrets[2] },
            new() { Name = "k", Type = "kodi", Url = _receiver.Url, User = "u", Password = secrets[3], DebounceSeconds = 0 },
            new() { Name = "m", Type = "email", Url = "smtp://127.0.0.1:1", From = "a@b.example", To = ["c@d.example"], User = "u", Password = secrets[4] });
        await world.TellAsync(NotificationWorld.Completed());
        foreach (var name in new[] { "t", "d", "g", "k", "m" })
        {
            await NotificationWorld.UntilAsync(() => world.Service.StateOf(name)?.LastError is not null);
        }

        Assert.NotEmpty(world.Log.Lines);
        Assert.DoesNotContain(world.Log.Lines, line => secrets.Any(secret => line.Contains(secret[^10..], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_is_taken_out_of_the_configuration_is_told_nothing_more()
    {
        await using var world = new NotificationWorld(Hook(), Hook() with { Name = "other" });
        await world.TellAsync(NotificationWorld.Completed());
        await UntilAsync(2);
        world.Options.CurrentValue = world.Options.CurrentValue with { Notifications = [Hook() with { Name = "other" }] };
        world.Progress.Publish(NotificationWorld.Completed());
        await UntilAsync(3);

        Assert.Null(world.Service.StateOf("hook"));
    }

    [Fact]
    public void Every_event_has_a_text_in_both_languages()
    {
        foreach (var name in NotificationEvents.All.Append(NotificationMessage.TestEvent))
        {
            Assert.NotEqual(NotificationWriting.DefaultOf(name, "en"), NotificationWriting.DefaultOf(name, "de"));
            Assert.Null(NotificationTemplate.Unknown(NotificationWriting.DefaultOf(name, "de")));
        }
    }

    private Task UntilAsync(int received) => NotificationWorld.UntilAsync(() => _receiver.All.Count >= received);
}
