using Microsoft.Playwright;

namespace AniWorld.E2E;

/// <summary>A real browser for the tests of a class: Debian's Chromium, driven by Playwright. Without it the tests are skipped.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    /// <summary>How long a page may take for what a test expects of it; two cores shared with other tests are slow at times.</summary>
    private const float Patience = 20_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable))
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A browser of its own as far as pages can tell: no cookies, no storage.</summary>
    /// <param name="token">Of a session, to start logged in.</param>
    internal async Task<IBrowserContext> NewContextAsync(
        Uri server, string? token = null, int width = 1440, int height = 900, ColorScheme theme = ColorScheme.Light, string locale = "en-GB")
    {
        Assert.SkipWhen(_browser is null, $"{Executable} is not installed.");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = locale,
        });
        context.SetDefaultTimeout(Patience);
        if (token is not null)
        {
            await context.AddCookiesAsync([new Cookie { Name = "aniworld_session", Value = token, Url = server.AbsoluteUri }]);
        }

        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
