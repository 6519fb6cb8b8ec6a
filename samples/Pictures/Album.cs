using AniWorld.SampleSite.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.Pictures;

/// <summary>Takes pictures of a running demo, each in a browser that remembers nothing of the last one.</summary>
internal sealed class Album(IBrowser browser, RunningDemo demo, string folder)
{
    private const float Patience = 30_000;

    /// <summary>Of the picture's compression: 100 is the best. Small letters are still sharp at this.</summary>
    private const int Quality = 84;

    /// <summary>Fonts and pictures are there, the page has taken its theme on, and all of that is drawn.</summary>
    private const string Settled = """
        async () => {
          await document.fonts.ready;
          const pictures = [...document.images];
          pictures.forEach(picture => { picture.loading = "eager"; });
          await Promise.all(pictures.map(picture => picture.decode().catch(() => {})));
          const frame = () => new Promise(requestAnimationFrame);
          const isDark = () => getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) < 384;
          for (let frames = 0; frames < 300 && isDark() !== (document.documentElement.dataset.theme === "dark"); frames++) {
            await frame();
          }
          await frame();
          await frame();
        }
        """;

    /// <returns>The size of the file, in bytes.</returns>
    public async Task<long> TakeAsync(Picture picture)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = demo.Address.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = picture.IsPhone ? 390 : 1440, Height = picture.IsPhone ? 844 : picture.Height },
            DeviceScaleFactor = picture.IsPhone ? 2 : 1,
            HasTouch = picture.IsPhone,
            ColorScheme = picture.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(Patience);
        SetDefaultExpectTimeout(Patience);
        await context.AddCookiesAsync([new Cookie { Name = "aniworld_session", Value = demo.Token, Url = demo.Address.AbsoluteUri }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync(picture.Path);
        await ReadyAsync(page, picture);
        if (picture.Prepare is { } prepare)
        {
            await prepare(page);
            await ReadyAsync(page, picture);
        }

        return await KeepAsync(context, page, Path.Join(folder, $"{picture.Name}.webp"));
    }

    private static async Task ReadyAsync(IPage page, Picture picture)
    {
        await page.Locator(picture.Ready).First.WaitForAsync();
        await Expect(page.Locator(".mud-skeleton")).ToHaveCountAsync(0);
        await page.EvaluateAsync(Settled);
    }

    /// <summary>By the browser's own protocol, which knows WebP; Playwright writes PNG and JPEG only.</summary>
    private static async Task<long> KeepAsync(IBrowserContext context, IPage page, string path)
    {
        var protocol = await context.NewCDPSessionAsync(page);
        var answer = await protocol.SendAsync("Page.captureScreenshot", new() { ["format"] = "webp", ["quality"] = Quality });
        var bytes = answer!.Value.GetProperty("data").GetBytesFromBase64();
        await File.WriteAllBytesAsync(path, bytes);
        return bytes.Length;
    }
}
