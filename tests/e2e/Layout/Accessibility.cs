using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AniWorld.E2E.Layout;

/// <summary>Everything that axe finds, advice included.</summary>
internal static class Accessibility
{
    /// <summary>All that another look can change.</summary>
    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    /// <summary>Colours change by transitions, which begin with a frame and, however short, end with one.</summary>
    private const string Restyle = """
        async wanted => {
          document.documentElement.classList.toggle("more-contrast", wanted);
          const frame = () => new Promise(done => requestAnimationFrame(done));
          await frame();
          await frame();
          await Promise.all(document.getAnimations().filter(one => one instanceof CSSTransition).map(one => one.finished.catch(() => {})));
          await frame();
        }
        """;

    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, string where, AxeRunOptions? options = null)
    {
        var result = await page.RunAxe(options ?? new AxeRunOptions());
        return
        [
            .. from violation in result.Violations
               from node in violation.Nodes
               select $"{where}: {violation.Id} ({violation.Impact}): {node.Html} {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}",
        ];
    }

    /// <summary>In light, in dark, and in dark with strong contrast, which changes more than it does in light; at the end it is light again.</summary>
    public static async Task<IReadOnlyList<string>> FaultsInEveryLookAsync(IPage page, string where)
    {
        var faults = new List<string>(await FaultsAsync(page, $"{where}, light"));
        foreach (var (theme, contrast) in new[] { (ColorScheme.Dark, true), (ColorScheme.Dark, false) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            await page.EvaluateAsync(Restyle, contrast);
            faults.AddRange(await FaultsAsync(page, $"{where}, {theme}{(contrast ? " with contrast" : "")}", Colours));
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return faults;
    }
}
