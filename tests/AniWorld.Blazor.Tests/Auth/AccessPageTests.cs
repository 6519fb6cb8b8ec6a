using System.Globalization;
using System.Net;
using System.Resources;
using AniWorld.Blazor.Auth;
using AniWorld.Services.Auth;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace AniWorld.Blazor.Tests.Auth;

public sealed class AccessPageTests : IAsyncLifetime
{
    private const string Password = "eine lange Losung";
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly PageWorld _world = new();
    private string _own = "";

    private SessionService Sessions => _world.Services.GetRequiredService<SessionService>();

    private ApiKeyService Keys => _world.Services.GetRequiredService<ApiKeyService>();

    private AuthService Auth => _world.Services.GetRequiredService<AuthService>();

    public async ValueTask InitializeAsync()
    {
        await _world.Services.GetRequiredService<SetupService>().SetUpAsync(Password, new SetupChoices(null), null, Browser(Firefox));
        _own = await LogInAsync(Firefox);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(Firefox, "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Safari on macOS")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("<img src=x>", "<img")]
    [InlineData(null, "Unknown program")]
    public void A_device_is_named_in_plain_words(string? userAgent, string name)
    {
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        Assert.Equal(name, Device.NameOf(userAgent));
    }

    [Fact]
    public void A_reader_of_German_is_told_in_German()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de-AT");

        Assert.Equal("Firefox auf Linux", Device.NameOf(Firefox));
        Assert.Equal("vor 3 Tagen", AccessTexts.Ago(TimeSpan.FromDays(3.5)));
    }

    [Fact]
    public void Every_text_is_written_in_both_languages_with_the_same_blanks()
    {
        var texts = new ResourceManager(typeof(AccessTexts).FullName!, typeof(AccessTexts).Assembly);
        var english = Entries(texts, CultureInfo.InvariantCulture);
        var german = Entries(texts, CultureInfo.GetCultureInfo("de"));

        Assert.Equal(english.Keys.Order(), german.Keys.Order());
        Assert.All(english, text => Assert.Equal(text.Value.Count(c => c == '{'), german[text.Key].Count(c => c == '{')));
    }

    [Fact]
    public async Task Sessions_are_listed_with_the_own_one_marked_and_others_can_be_ended()
    {
        var other = await LogInAsync("curl/8.5.0");
        var page = Show();
        Assert.Equal(2, page.FindAll("[data-session]").Count);
        Assert.NotNull(page.Find($"[data-session='{_own}'] .chip.have"));
        Assert.Empty(page.FindAll($"[data-session='{_own}'] button"));

        await page.Find($"[data-session='{other}'] button").ClickAsync(new());

        Assert.False(await Sessions.IsLiveAsync(other));
        Assert.Single(page.FindAll("[data-session]"));
    }

    [Fact]
    public async Task A_key_is_shown_once_and_can_be_revoked_after_a_question()
    {
        var dialogs = _world.Render<MudDialogProvider>();
        var page = Show();
        Assert.Empty(page.FindAll("[data-key]"));

        await page.FindAll("#keys button")[^1].ClickAsync(new());
        await page.Find("#keys form").SubmitAsync();
        Assert.Empty(await Keys.ListAsync());
        await page.Find("#keys input[maxlength='100']").ChangeAsync(new() { Value = "Kalender" });
        await page.Find("#keys form").SubmitAsync();

        var shown = page.Find(".access-key code").TextContent;
        Assert.NotNull(await Keys.CheckAsync(shown));
        Assert.Equal(["read"], Assert.Single(await Keys.ListAsync()).Scopes);
        await page.FindAll(".access-made button")[^1].ClickAsync(new());
        Assert.DoesNotContain(shown.Split('_')[2], page.Markup, StringComparison.Ordinal);

        var revoking = page.Find("[data-key] button").ClickAsync(new());
        Assert.Single(await Keys.ListAsync());
        await dialogs.FindAll(".mud-dialog-actions button")[^1].ClickAsync(new());
        await revoking;
        Assert.Empty(await Keys.ListAsync());
    }

    [Fact]
    public async Task The_password_is_changed_here_and_the_other_sessions_end()
    {
        var other = await LogInAsync("curl/8.5.0");
        var page = Show();

        await FillAsync(page, "falsch", "eine ganz andere", "eine ganz andere");
        Assert.True(await Sessions.IsLiveAsync(other));
        await FillAsync(page, Password, "eine ganz andere", "eine ganz anders");
        Assert.True(await Sessions.IsLiveAsync(other));
        await FillAsync(page, Password, "eine ganz andere", "eine ganz andere");

        Assert.False(await Sessions.IsLiveAsync(other));
        Assert.True(await Sessions.IsLiveAsync(_own));
        Assert.IsType<LoginResult.LoggedIn>(await Auth.LogInAsync("eine ganz andere", false, Browser(Firefox)));
    }

    private static async Task FillAsync(IRenderedComponent<AccessPage> page, params string[] passwords)
    {
        for (var i = 0; i < passwords.Length; i++)
        {
            await page.FindAll("#password input")[i].ChangeAsync(new() { Value = passwords[i] });
        }

        await page.Find("#password form").SubmitAsync();
    }

    private static Caller Browser(string userAgent) => new(IPAddress.Loopback, userAgent, IsLocal: true);

    private async Task<string> LogInAsync(string userAgent) =>
        Assert.IsType<LoginResult.LoggedIn>(await Auth.LogInAsync(Password, false, Browser(userAgent))).Session.SessionId;

    private IRenderedComponent<AccessPage> Show()
    {
        var user = Credentials.OfSession(_own, DateTimeOffset.UnixEpoch.AddYears(100)).ToPrincipal(Channel.Cookie);
        return _world.Render<AccessPage>(page => page.Add(p => p.Login, Task.FromResult(new AuthenticationState(user))));
    }

    private static Dictionary<string, string> Entries(ResourceManager texts, CultureInfo culture) =>
        texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
}
