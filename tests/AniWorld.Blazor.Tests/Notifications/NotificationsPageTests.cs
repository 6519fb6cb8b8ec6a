using AniWorld.Blazor.Catalogue;
using AniWorld.Blazor.Notifications;
using AniWorld.Services.Configuration;
using AniWorld.Services.Notifications;
using Bunit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MudBlazor;
using TestContext = Xunit.TestContext;

namespace AniWorld.Blazor.Tests.Notifications;

public sealed class NotificationsPageTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PageWorld _world = new();

    private ConfigService Config => _world.Services.GetRequiredService<ConfigService>();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Without_any_the_page_says_what_to_do() =>
        Assert.Equal(NotificationTexts.Of("EmptyTitle"), Show().Find(".state-title").TextContent);

    [Fact]
    public async Task One_that_is_added_is_checked_while_it_is_filled_in_and_saved()
    {
        var page = Show();
        await AddAsync(page, "gotify");
        page.WaitForAssertion(() => Assert.Contains(NotificationTexts.Of("Needed"), page.Find(".notification").TextContent, StringComparison.Ordinal), Patience);
        Assert.True(Button(page, "Save").HasAttribute("disabled"));
        Assert.Contains("Gotify", page.Find(".save-bar").TextContent, StringComparison.Ordinal);

        await FillAsync(page, NotificationTexts.Of("Url"), "http://gotify.lan:8080");
        await FillAsync(page, NotificationTexts.For("Token", "gotify"), "A.secret");
        page.WaitForAssertion(() => Assert.False(Button(page, "Save").HasAttribute("disabled")), Patience);
        await page.InvokeAsync(() => Button(page, "Save").Click());

        page.WaitForAssertion(() => Assert.Single(Config.Current.Notifications), Patience);
        var saved = Config.Current.Notifications[0];
        Assert.Equal(("Gotify", "gotify", "http://gotify.lan:8080", "A.secret"), (saved.Name, saved.Type, saved.Url, saved.Token));
        Assert.Equal(NotificationEvents.Usual, saved.Events);
        page.WaitForAssertion(() => Assert.DoesNotContain("A.secret", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task The_test_uses_the_secret_that_the_page_does_not_know()
    {
        var received = new TaskCompletionSource<string>();
        await using var app = await ReceiveAsync(received);
        await PutAsync($$"""{"notifications": [{"name": "g", "type": "gotify", "url": "{{app.Urls.First()}}", "token": "A.secret"}]}""");
        var page = Show();

        await page.InvokeAsync(() => Button(page, "Test").Click());

        Assert.Equal("A.secret", await received.Task.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_not_filled_in_yet_is_marked_only_once_it_is_tested()
    {
        var page = Show();
        await AddAsync(page, "discord");
        page.WaitForAssertion(() => Assert.True(Button(page, "Save").HasAttribute("disabled")), Patience);
        Assert.Empty(page.FindAll(".mud-input-error"));

        await page.InvokeAsync(() => Button(page, "Test").Click());

        page.WaitForAssertion(() => Assert.Equal(NotificationTexts.Of("TestNotRight"), page.Find(".notification-test").TextContent), Patience);
        Assert.NotEmpty(page.FindAll(".mud-input-error"));
    }

    [Fact]
    public async Task One_can_be_tested_while_another_is_not_complete_and_the_result_stands_beside_it()
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await ReceiveAsync(received);
        await PutAsync($$"""{"notifications": [{"name": "g", "type": "gotify", "url": "{{app.Urls.First()}}", "token": "A.secret"}]}""");
        var page = Show();
        await AddAsync(page, "discord");

        await page.InvokeAsync(() => page.Find("[data-notification=gotify] .notification-actions button").Click());

        await received.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        page.WaitForAssertion(() => Assert.Equal(NotificationTexts.Of("Tested"), page.Find("[data-notification=gotify] .taken").TextContent), Patience);
        Assert.Empty(page.FindAll("[data-notification=discord] .notification-test"));
    }

    [Fact]
    public async Task With_another_name_it_keeps_its_own_secrets_and_never_takes_another_ones()
    {
        await PutAsync("""
            {"notifications": [{"name": "a", "type": "gotify", "url": "http://a.lan", "token": "A.secret"}, {"name": "b", "type": "gotify", "url": "http://b.lan", "token": "B.secret"}]}
            """);
        var page = Show();

        await page.InvokeAsync(() => page.FindAll($"button[aria-label='{NotificationTexts.Of("RemoveOf", "a")}']").Single().Click());
        await FillAsync(page, NotificationTexts.Of("Name"), "a");
        page.WaitForAssertion(() => Assert.False(Button(page, "Save").HasAttribute("disabled")), Patience);
        await page.InvokeAsync(() => Button(page, "Save").Click());

        page.WaitForAssertion(() => Assert.Single(Config.Current.Notifications), Patience);
        var saved = Config.Current.Notifications[0];
        Assert.Equal(("a", "http://b.lan", "B.secret"), (saved.Name, saved.Url, saved.Token));
        Assert.DoesNotContain("B.secret", page.Markup, StringComparison.Ordinal);
        Assert.Contains(NotificationTexts.Of("KeptAt", "b.lan"), page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_can_be_switched_but_the_last_one_stays()
    {
        await PutAsync("""{"notifications": [{"name": "w", "type": "webhook", "url": "https://x.example", "events": ["disk_full"]}]}""");
        var page = Show();

        await page.InvokeAsync(() => Chip(page, "disk_full").Click());
        Assert.Equal("true", Chip(page, "disk_full").GetAttribute("aria-pressed"));
        await page.InvokeAsync(() => Chip(page, "new_episode").Click());
        await page.InvokeAsync(() => Chip(page, "disk_full").Click());

        Assert.Equal(("false", "true"), (Chip(page, "disk_full").GetAttribute("aria-pressed"), Chip(page, "new_episode").GetAttribute("aria-pressed")));
    }

    [Fact]
    public async Task One_that_is_removed_is_gone_when_saved()
    {
        await PutAsync("""{"notifications": [{"name": "w", "type": "webhook", "url": "https://x.example"}]}""");
        var page = Show();

        await page.InvokeAsync(() => Button(page, "Remove").Click());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".notification")), Patience);
        await page.InvokeAsync(() => Button(page, "Save").Click());

        page.WaitForAssertion(() => Assert.Empty(Config.Current.Notifications), Patience);
    }

    [Fact]
    public void Every_text_is_there_in_german_too()
    {
        foreach (var texts in new[] { typeof(NotificationTexts), typeof(ProfileTestTexts) }.Select(type => new System.Resources.ResourceManager(type)))
        {
            Assert.NotEmpty(Names(texts, ""));
            Assert.Equal(Names(texts, ""), Names(texts, "de"));
        }

        static List<string> Names(System.Resources.ResourceManager texts, string culture) =>
            [.. texts.GetResourceSet(new(culture), createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>().Select(text => (string)text.Key).Order()];
    }

    [Fact]
    public void Every_type_and_event_has_a_name() => Assert.All(
        NotificationType.All.Select(type => $"Type_{type.Name}").Concat(NotificationEvents.All.Select(name => $"Event_{name}")),
        name => Assert.NotEmpty(NotificationTexts.Of(name)));

    private async Task PutAsync(string patch) => Assert.IsType<ConfigChange.Applied>(
        await Config.PutAsync(System.Text.Json.JsonDocument.Parse(patch).RootElement, TestContext.Current.CancellationToken));

    private static async Task<WebApplication> ReceiveAsync(TaskCompletionSource<string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context =>
        {
            received.TrySetResult(context.Request.Headers["X-Gotify-Key"].ToString());
            return context.Response.WriteAsync("{}");
        });
        await app.StartAsync();
        return app;
    }

    private IRenderedComponent<NotificationsPage> Show()
    {
        _world.Render<MudDialogProvider>();
        var page = _world.Render<NotificationsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notification, .state-message")), Patience);
        return page;
    }

    private static Task AddAsync(IRenderedComponent<NotificationsPage> page, string type) =>
        page.InvokeAsync(() => page.Instance.Add(NotificationType.Find(type)!));

    private static async Task FillAsync(IRenderedComponent<NotificationsPage> page, string label, string text)
    {
        var field = page.FindComponents<MudTextField<string>>().Single(one => one.Instance.Label == label);
        await page.InvokeAsync(() => field.Instance.ValueChanged.InvokeAsync(text));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<NotificationsPage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == NotificationTexts.Of(text));

    private static AngleSharp.Dom.IElement Chip(IRenderedComponent<NotificationsPage> page, string name) =>
        page.FindAll(".toggle-chip").Single(chip => chip.TextContent.Trim() == NotificationTexts.For("Event", name));
}
