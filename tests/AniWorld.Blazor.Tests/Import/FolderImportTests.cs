using AniWorld.Services.Library;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Import;

public sealed class FolderImportTests : IAsyncLifetime
{
    private const string Known = "Kurz & knapp";
    private const string Strange = "Ganz was anderes 1977";

    private AniWorldServer _server = null!;

    private FolderImport Import => _server.Services.GetRequiredService<FolderImport>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await AniWorldServer.StartReadyAsync();
        await PutAsync(Known, "Season 01/Kurz & knapp - S01E01.mkv");
        await PutAsync(Strange, "video 01.mkv");
        await ScanAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Folders_without_a_series_get_the_best_of_what_the_catalogue_has()
    {
        Assert.Equal([Strange, Known], (await Import.ListAsync(Token)).Select(folder => folder.Path));

        await EndOfAsync(() => Import.StartMatching([Known, Strange]));

        var best = Import.MatchOf(Known)!.Candidates[0];
        Assert.Equal("kurz-und-knapp", best.Series.Hit.Key);
        Assert.True(best.IsSure);
        Assert.Equal((0, null), (Import.MatchOf(Strange)!.Candidates.Count, Import.MatchOf(Strange)!.Problem));
    }

    [Fact]
    public async Task A_folder_that_is_taken_over_keeps_its_name_and_its_videos()
    {
        await EndOfAsync(() => Import.StartMatching([Known]));
        var link = Import.MatchOf(Known)!.Candidates[0].Link;

        await EndOfAsync(() => Import.StartAssigning(new Dictionary<string, string> { [Known] = link }, null));

        Assert.Equal([Strange], (await Import.ListAsync(Token)).Select(folder => folder.Path));
        var series = await _server.GetAsync("/api/anime/kurz-und-knapp");
        Assert.Equal((Known, 1), (series.GetProperty("folder").GetString(), series.GetProperty("downloaded_count").GetInt32()));
        Assert.True(File.Exists(Path.Join(_server.Library, Known, "Season 01", "Kurz & knapp - S01E01.mkv")));
    }

    [Fact]
    public async Task A_folder_is_taken_over_whatever_it_is_called()
    {
        const string odd = "Kurz: knapp?  Und wer";
        await PutAsync(odd, "Kurz - S01E01.mkv");
        await ScanAsync();
        var link = new Uri(_server.Site.BaseAddress, "/anime/stream/kurz-und-knapp").AbsoluteUri;

        await EndOfAsync(() => Import.StartAssigning(new Dictionary<string, string> { [odd] = link }, null));

        Assert.Null(Import.MatchOf(odd)?.Problem?.ToString());
        Assert.Equal(odd, (await _server.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("folder").GetString());
    }

    [Fact]
    public async Task A_stopped_import_has_taken_its_folders_over_whole_or_not_at_all()
    {
        var links = new Dictionary<string, string>
        {
            [Known] = new Uri(_server.Site.BaseAddress, "/anime/stream/kurz-und-knapp").AbsoluteUri,
            [Strange] = new Uri(_server.Site.BaseAddress, "/anime/stream/windspiel").AbsoluteUri,
        };

        await EndOfAsync(() =>
        {
            var started = Import.StartAssigning(links, null);
            Import.Cancel();
            return started;
        });

        Assert.Contains(Strange, (await Import.ListAsync(Token)).Select(folder => folder.Path));
        var known = await Import.ListAsync(Token);
        var taken = (await _server.GetAsync("/api/anime?all=true")).EnumerateArray().ToList();
        Assert.All(taken, series => Assert.Equal(1, series.GetProperty("downloaded_count").GetInt32()));
        Assert.Equal(taken.Count == 0, known.Any(folder => folder.Path == Known));
    }

    [Fact]
    public async Task A_series_without_files_takes_a_folder_and_one_with_files_refuses_a_second()
    {
        await _server.AddAsync("windspiel");
        var link = new Uri(_server.Site.BaseAddress, "/anime/stream/windspiel").AbsoluteUri;

        await EndOfAsync(() => Import.StartAssigning(new Dictionary<string, string> { [Strange] = link }, null));
        Assert.DoesNotContain(await Import.ListAsync(Token), folder => folder.Path == Strange);

        await EndOfAsync(() => Import.StartAssigning(new Dictionary<string, string> { [Known] = link }, null));
        Assert.Contains("has its files in", Import.MatchOf(Known)!.Problem?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ignored_folder_stays_ignored_until_it_is_shown_again()
    {
        await Import.IgnoreAsync([Strange], ignored: true, Token);
        await ScanAsync();
        Assert.Equal([Strange], (await Import.ListAsync(Token)).Where(folder => folder.IsIgnored).Select(folder => folder.Path));
        Assert.Equal(Strange, (await _server.GetAsync("/api/config")).GetProperty("library").GetProperty("ignored_folders")[0].GetString());

        await Import.IgnoreAsync([Strange], ignored: false, Token);

        Assert.DoesNotContain(await Import.ListAsync(Token), folder => folder.IsIgnored);
    }

    [Fact]
    public async Task Without_a_catalogue_a_search_says_so()
    {
        await _server.PutConfigAsync(new { providers = new { aniworld = new { enabled = false } } });

        await EndOfAsync(() => Import.StartMatching([Known]));

        Assert.Contains("No catalogue is switched on", Import.MatchOf(Known)!.Problem?.ToString(), StringComparison.Ordinal);
    }

    private async Task PutAsync(string folder, string path)
    {
        var full = Path.Join(_server.Library, folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllTextAsync(full, "video", Token);
    }

    private async Task ScanAsync() => Assert.NotNull(await _server.Services.GetRequiredService<ScanService>().RunAsync(offline: true, cancellationToken: Token));

    /// <summary>Starts some work and waits for its end.</summary>
    private async Task EndOfAsync(Func<bool> start)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (Import.Work is null)
            {
                ended.TrySetResult();
            }
        }

        Import.Changed += Look;
        Assert.True(start());
        Look();
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        Import.Changed -= Look;
    }
}
