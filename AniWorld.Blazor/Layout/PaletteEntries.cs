using AniWorld.Services.Downloads;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>What the palette offers for a text: pages, actions, then series of the library.</summary>
public sealed class PaletteEntries(
    AnimeService series, DownloadService downloads, ScanService scans, UserActions actions, NavigationManager navigation, Shortcuts shortcuts)
{
    private const int MostSeries = 8;

    /// <param name="text">Words, each of which is part of the name; empty for all pages and actions.</param>
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(string text, CancellationToken cancellationToken)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var own = Pages.Concat(Actions).Where(entry => words.All(word => entry.Name.Contains(word, StringComparison.CurrentCultureIgnoreCase)));
        return words.Length == 0 ? [.. own] : [.. own, .. await SeriesAsync(text, cancellationToken)];
    }

    private IEnumerable<PaletteEntry> Pages => Places.All.Select(place => new PaletteEntry(place.Name, ShellTexts.Of("KindPage"), place.Icon, () => Go(place.Address)));

    private IEnumerable<PaletteEntry> Actions =>
    [
        Action("DoScan", Icons.Material.Outlined.Refresh, async () => actions.Say(
            ShellTexts.Of(await scans.StartAsync() is ScanStart.AlreadyRunning ? "DoneScanRunning" : "DoneScan"))),
        Action("DoPause", Icons.Material.Outlined.Pause, async () =>
        {
            await downloads.PauseAsync();
            actions.Say(ShellTexts.Of("DonePause"));
        }),
        Action("DoResume", Icons.Material.Outlined.PlayArrow, async () =>
        {
            await downloads.ResumeAsync();
            actions.Say(ShellTexts.Of("DoneResume"));
        }),
        Action("DoRetry", Icons.Material.Outlined.Replay, async () => actions.Say(ShellTexts.Count("DoneRetry", await downloads.RetryAsync()))),
        Action("DoHelp", Icons.Material.Outlined.Keyboard, shortcuts.ShowHelpAsync),
    ];

    private async Task<IEnumerable<PaletteEntry>> SeriesAsync(string text, CancellationToken cancellationToken)
    {
        var found = await series.ListAsync(new SeriesQuery { All = true, Filter = text, PerPage = MostSeries }, cancellationToken);
        return found.Items.Select(one => new PaletteEntry(
            one.Name, ShellTexts.Of("KindSeries"), Icons.Material.Outlined.Movie, () => Go($"series/{Uri.EscapeDataString(one.Key)}")));
    }

    private PaletteEntry Action(string text, string icon, Func<Task> act) =>
        new(ShellTexts.Of(text), ShellTexts.Of("KindAction"), icon, () => actions.TryAsync(act));

    private Task Go(string address)
    {
        navigation.NavigateTo(address);
        return Task.CompletedTask;
    }
}
