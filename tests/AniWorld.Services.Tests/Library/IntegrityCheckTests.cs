using System.Diagnostics;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.SampleSite;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using AniWorld.Services.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Library;

[Trait("Database", "both")]
public sealed class IntegrityCheckTests : IAsyncDisposable
{
    private static readonly byte[] Clip = Asset.Read("Clips/counter.mp4");

    private KeepingWorld _world = new();

    private IntegrityCheck Check => _world.Get<IntegrityCheck>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_truncated_file_is_found_and_a_whole_one_is_remembered_with_its_hash()
    {
        await FillAsync(Clip, Clip[..(Clip.Length / 2)]);

        var outcome = Assert.IsType<WorkOutcome.Done>(await Check.RunAsync(Token));

        Assert.Equal("Files checked: 2, damaged: 1. Left for the next runs: 0.", outcome.Message.ToString());
        var files = await _world.FilesAsync();
        Assert.Equal((null, true, 64), (files[0].Problem, files[0].Verified, files[0].Hash!.Length));
        Assert.StartsWith("truncated: ", files[1].Problem, StringComparison.Ordinal);
        Assert.Equal((false, null), (files[1].Verified, files[1].Hash));
    }

    [Fact]
    public async Task Bytes_that_changed_without_anybody_writing_them_are_found()
    {
        await FillAsync(Clip);
        await Check.RunAsync(Token);
        var path = Path.Join(_world.Library, (await _world.FilesAsync())[0].Path);
        var written = File.GetLastWriteTimeUtc(path);
        var rotten = Clip.ToArray();
        rotten[Clip.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, rotten, Token);
        File.SetLastWriteTimeUtc(path, written);
        await _world.ScanAsync();

        _world.Time.Advance(TimeSpan.FromDays(91));
        await Check.RunAsync(Token);

        Assert.StartsWith("io_error: ", (await _world.FilesAsync())[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_the_user_replaced_is_looked_at_anew()
    {
        await FillAsync(Clip[..(Clip.Length / 2)]);
        await Check.RunAsync(Token);
        await File.WriteAllBytesAsync(Path.Join(_world.Library, (await _world.FilesAsync())[0].Path), Clip, Token);

        await _world.ScanAsync();
        Assert.Null((await _world.FilesAsync())[0].Problem);
        await Check.RunAsync(Token);

        Assert.True((await _world.FilesAsync())[0] is { Problem: null, Verified: true, Hash: not null });
    }

    [Fact]
    public async Task What_was_sound_lately_is_not_read_again()
    {
        await FillAsync(Clip);
        await Check.RunAsync(Token);

        _world.Time.Advance(TimeSpan.FromDays(89));

        Assert.IsType<WorkOutcome.Skipped>(await Check.RunAsync(Token));
    }

    [Fact]
    public async Task A_run_that_has_used_its_budget_ends_and_the_next_one_goes_on_there()
    {
        await FillAsync(Clip, Clip, Clip);

        // Each look at the clock takes ten minutes of the budget of an hour, and a file some of them.
        _world.Time.AutoAdvanceAmount = TimeSpan.FromMinutes(10);
        var outcome = await Check.RunAsync(Token);
        _world.Time.AutoAdvanceAmount = TimeSpan.Zero;

        Assert.Equal("Files checked: 1, damaged: 0. Left for the next runs: 2.", outcome.Message.ToString());
        Assert.Equal([true, false, false], (await _world.FilesAsync()).Select(f => f.CheckedAt is not null));
        await Check.RunAsync(Token);
        Assert.All(await _world.FilesAsync(), f => Assert.NotNull(f.CheckedAt));
    }

    [Fact]
    public async Task A_library_that_is_not_mounted_damages_nothing()
    {
        await FillAsync(Clip);
        Directory.Move(_world.Library, _world.Library + "-away");

        var fault = await Assert.ThrowsAsync<FaultException>(() => Check.RunAsync(Token));

        Directory.Move(_world.Library + "-away", _world.Library);
        Assert.Equal(FaultCode.TargetMissing, fault.Code);
        Assert.True((await _world.FilesAsync())[0] is { Problem: null, CheckedAt: null });
    }

    [Fact]
    public async Task A_file_without_a_sound_track_is_found()
    {
        await FillAsync(Downloads.Engine.Clips.Mp4(5_000));

        await Check.RunAsync(Token);

        Assert.Contains("has no sound", (await _world.FilesAsync())[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_track_of_silence_is_found_where_ffmpeg_is_installed()
    {
        await _world.DisposeAsync();
        _world = new KeepingWorld(options => options with { Tools = new() });
        var path = Path.Join(Path.GetTempPath(), $"aniworld-silence-{Guid.NewGuid():N}.mp4");
        try
        {
            await MakeAsync(path, "anullsrc");
            await FillAsync(await File.ReadAllBytesAsync(path, Token), Clip);
        }
        finally
        {
            File.Delete(path);
        }

        await Check.RunAsync(Token);

        var files = await _world.FilesAsync();
        Assert.Contains("has no sound", files[0].Problem, StringComparison.Ordinal);
        Assert.Null(files[1].Problem);
    }

    [Fact]
    public async Task A_file_of_unknown_language_gets_that_of_its_sound_where_ffprobe_is_installed()
    {
        await _world.DisposeAsync();
        _world = new KeepingWorld(options => options with { Tools = new() });
        var path = Path.Join(Path.GetTempPath(), $"aniworld-german-{Guid.NewGuid():N}.mp4");
        try
        {
            await MakeAsync(path, "sine", "-metadata:s:a:0", "language=ger");
            foreach (var name in (string[])["S01E01-E02.mp4", "S01E03 [en-sub].mp4"])
            {
                _world.Add($"{KeepingWorld.Folder}/Season 01/{name}", await File.ReadAllBytesAsync(path, Token));
            }
        }
        finally
        {
            File.Delete(path);
        }

        _world.Add($"{KeepingWorld.Folder}/Season 01/S01E04.mp4", Clip);
        await _world.AddSeriesAsync(episodes: 4);
        await _world.ScanAsync();
        Assert.Equal("unknown unknown en-sub unknown", await LanguagesAsync());

        await Check.RunAsync(Token);

        Assert.All(await _world.FilesAsync(), file => Assert.Null(file.Problem));
        Assert.Equal("de-dub de-dub en-sub unknown", await LanguagesAsync());
        await using var database = _world.Database();
        Assert.Equal("de-dub", (await database.History.SingleAsync(e => e.Kind == "file.language", Token)).Details["language"]);
    }

    [Fact]
    public async Task A_damaged_file_is_fetched_again_and_lies_in_the_trash_meanwhile()
    {
        await FillAsync(Clip[..(Clip.Length / 2)]);
        await Check.RunAsync(Token);

        var result = await _world.Get<FileRefetch>().RunAsync(KeepingWorld.Key, new EpisodeNumber(1, 1), Language.DeDub, Token);

        Assert.IsType<RefetchResult.Queued>(result);
        Assert.Empty(await _world.FilesAsync());
        await using var database = _world.Database();
        var item = await database.Downloads.SingleAsync(Token);
        Assert.Equal((1, Language.DeDub, DownloadStatus.Pending), (item.Number, item.Language, item.Status));
        Assert.Single(Directory.EnumerateFiles(Path.Join(_world.Library, ".aniworld", "trash"), "*.mp4", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_damaged_file_that_nobody_offers_any_more_stays_with_all_that_is_known_of_it()
    {
        await FillAsync(Clip[..(Clip.Length / 2)]);
        await Check.RunAsync(Token);
        await using var database = _world.Database();
        await database.EpisodeAvailability.ExecuteDeleteAsync(Token);

        var result = await _world.Get<FileRefetch>().RunAsync(KeepingWorld.Key, new EpisodeNumber(1, 1), Language.DeDub, Token);

        Assert.Contains("does not have it", Assert.IsType<RefetchResult.Refused>(result).Why?.Reason, StringComparison.Ordinal);
        var file = Assert.Single(await _world.FilesAsync());
        Assert.NotNull(file.Problem);
        Assert.True(File.Exists(Path.Join(_world.Library, file.Path)));
    }

    [Fact]
    public async Task Sound_that_Matroska_calls_English_by_default_says_nothing()
    {
        await _world.DisposeAsync();
        _world = new KeepingWorld(options => options with { Tools = new() });
        var path = Path.Join(Path.GetTempPath(), $"aniworld-unsaid-{Guid.NewGuid():N}.mkv");
        try
        {
            await MakeAsync(path, "sine", "-metadata:s:a:0", "language=eng");
            _world.Add($"{KeepingWorld.Folder}/Season 01/S01E01.mkv", await File.ReadAllBytesAsync(path, Token));
        }
        finally
        {
            File.Delete(path);
        }

        await _world.AddSeriesAsync(episodes: 1);
        await _world.ScanAsync();
        await Check.RunAsync(Token);

        Assert.Equal("unknown", await LanguagesAsync());
    }

    private async Task<string> LanguagesAsync() => string.Join(' ', (await _world.FilesAsync()).Select(file => file.Language.Code));

    private async Task FillAsync(params byte[][] files)
    {
        foreach (var (index, content) in files.Index())
        {
            _world.Add($"{KeepingWorld.Folder}/Season 01/S01E{index + 1:00} [de-dub].mp4", content);
        }

        await _world.AddSeriesAsync(files.Length);
        await _world.ScanAsync();
    }

    /// <param name="sound">Where its sound comes from.</param>
    private static async Task MakeAsync(string path, string sound, params string[] options)
    {
        try
        {
            string[] arguments =
            [
                "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x64:r=5:d=5", "-f", "lavfi", "-i", sound, "-t", "5",
                "-c:v", "mpeg4", "-c:a", "aac", .. options, path,
            ];
            using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments))!;
            await ffmpeg.WaitForExitAsync(Token);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("ffmpeg is not installed.");
        }
    }
}
