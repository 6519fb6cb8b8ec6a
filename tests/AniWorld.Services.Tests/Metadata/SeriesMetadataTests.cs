using System.Runtime.CompilerServices;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using AniWorld.Services.Metadata;
using AniWorld.Services.Tests.Library;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Metadata;

[Trait("Database", "both")]
public sealed class SeriesMetadataTests : IAsyncDisposable
{
    private const string Single = "Season 01/Sternenlotse - S01E01 - Folge 1 [de-dub]";
    private const string Double = "Season 01/Sternenlotse - S01E02-E03";
    private const string CoverAddress = "https://site.example/cover.jpg";
    private const string BackdropAddress = "https://site.example/backdrop.jpg";

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private readonly KeepingWorld _world = new();

    private string Folder => Path.Join(_world.Library, KeepingWorld.Folder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>What a folder looks like that AniWorld keeps. To make it anew after a wanted change, delete it and run this test: it is written, and the test fails once.</summary>
    [Fact]
    public async Task The_folder_looks_like_the_golden_one()
    {
        await FillAsync();

        await WriteAsync();

        var golden = Path.Join(Path.GetDirectoryName(ThisFile())!, "Golden");
        if (!Directory.Exists(golden))
        {
            Copy(Folder, golden);
            Assert.Fail("There was no golden folder; it is written now, look whether it is right.");
        }

        Assert.Equal(FilesIn(golden), FilesIn(Folder));
        Assert.All(FilesIn(golden), file => Assert.Equal(File.ReadAllBytes(Path.Join(golden, file)), File.ReadAllBytes(Path.Join(Folder, file))));
    }

    [Fact]
    public async Task Kodi_reads_all_of_it()
    {
        await FillAsync();
        await WriteAsync();

        var show = KodiReader.Show(Folder);
        var single = Assert.Single(KodiReader.Episodes(Path.Join(Folder, Single + ".mp4")));
        var two = KodiReader.Episodes(Path.Join(Folder, Double + ".mkv"));

        Assert.Equal("Sternenlotse: Kurs Nord", show.Element("title")!.Value);
        Assert.Equal("Zwei Lotsen & ein Schiff.", show.Element("plot")!.Value);
        Assert.Equal(("Folge 1", "1", "1"), (single.Element("title")!.Value, single.Element("season")!.Value, single.Element("episode")!.Value));
        Assert.Equal(["2", "3"], two.Select(block => block.Element("episode")!.Value));
        Assert.All(["poster.jpg", "fanart.jpg"], name => Assert.Equal(Jpeg, File.ReadAllBytes(Path.Join(Folder, name))));
    }

    [Fact]
    public async Task Jellyfin_reads_all_of_it()
    {
        await FillAsync();
        await WriteAsync();

        var (show, ids) = JellyfinReader.Show(Path.Join(Folder, "tvshow.nfo"));
        var single = JellyfinReader.Episode(Path.Join(Folder, Single + ".nfo"));
        var two = JellyfinReader.Episode(Path.Join(Folder, Double + ".nfo"));

        Assert.Equal(("Sternenlotse: Kurs Nord", "2021", KeepingWorld.Key), (show["title"], show["year"], ids["aniworld"]));
        Assert.Equal(("Folge 1", "Sternenlotse: Kurs Nord", 1, 1, null), (single.Name, single.SeriesName, single.Season, single.Number, single.LastNumber));
        Assert.Equal($"{KeepingWorld.Key}-s01e01", single.Ids["aniworld"]);
        Assert.Equal((2, 3), (two.Number, two.LastNumber));
    }

    [Fact]
    public async Task Titles_are_in_the_language_that_is_set_and_a_change_of_it_is_written()
    {
        await FillAsync();
        await WriteAsync();

        _world.Options.CurrentValue = _world.Options.CurrentValue with { Naming = new NamingOptions { TitleLanguage = "en" } };
        await WriteAsync();

        Assert.Equal("Part 1", JellyfinReader.Episode(Path.Join(Folder, Single + ".nfo")).Name);
    }

    [Theory]
    [InlineData("<tvshow><title>Mein Titel</title></tvshow>")]
    [InlineData("")]
    public async Task An_nfo_of_the_users_own_is_never_changed(string content)
    {
        await FillAsync();
        _world.Add($"{KeepingWorld.Folder}/tvshow.nfo", System.Text.Encoding.UTF8.GetBytes(content));

        await WriteAsync();

        Assert.Equal(content, await File.ReadAllTextAsync(Path.Join(Folder, "tvshow.nfo"), Token));
    }

    [Fact]
    public async Task An_nfo_of_ours_that_the_user_edited_is_theirs_from_then_on()
    {
        await FillAsync();
        await WriteAsync();
        var path = Path.Join(Folder, "tvshow.nfo");
        var edited = (await File.ReadAllTextAsync(path, Token)).Replace("Zwei Lotsen", "Drei Lotsen", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, edited, Token);

        await RenameSeriesAsync("Anders");
        await WriteAsync();

        Assert.Equal(edited, await File.ReadAllTextAsync(path, Token));
        Assert.Equal("Anders", JellyfinReader.Episode(Path.Join(Folder, Single + ".nfo")).SeriesName);
    }

    [Theory]
    [InlineData("poster.png")]
    [InlineData("folder.jpg")]
    [InlineData("Cover.JPG")]
    public async Task A_poster_of_the_users_own_stays_the_only_one(string name)
    {
        await FillAsync();
        _world.Add($"{KeepingWorld.Folder}/{name}", [1]);

        await WriteAsync();

        Assert.Equal([1], await File.ReadAllBytesAsync(Path.Join(Folder, name), Token));
        Assert.False(File.Exists(Path.Join(Folder, "poster.jpg")));
        Assert.True(File.Exists(Path.Join(Folder, "fanart.jpg")));
    }

    [Fact]
    public async Task What_is_switched_off_is_not_written_but_the_sidecar_is()
    {
        await FillAsync();
        _world.Options.CurrentValue = _world.Options.CurrentValue with { Metadata = new MetadataOptions { Nfo = false, Artwork = false } };

        await WriteAsync();

        Assert.Equal([Single + ".mp4", Double + ".mkv"], _world.Names());
        Assert.Equal(2, SeriesSidecar.Read(Folder)!.Files.Count);
    }

    [Fact]
    public async Task What_is_right_already_is_not_written_again()
    {
        await FillAsync();
        await WriteAsync();
        foreach (var file in FilesIn(Folder))
        {
            File.SetLastWriteTimeUtc(Path.Join(Folder, file), DateTime.UnixEpoch);
        }

        await WriteAsync();

        Assert.All(FilesIn(Folder), file => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Path.Join(Folder, file))));
    }

    [Fact]
    public async Task A_hostile_title_breaks_no_nfo()
    {
        await FillAsync();
        await RenameSeriesAsync("</title><!-- & \u0000\u0008\ud800 ]]>&x;");

        await WriteAsync();

        Assert.StartsWith("</title><!-- & ", KodiReader.Show(Folder).Element("title")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_nfo_that_is_a_link_is_neither_followed_nor_replaced()
    {
        await FillAsync();
        var victim = _world.Add("victim.txt", "kept"u8.ToArray());
        File.CreateSymbolicLink(Path.Join(Folder, "tvshow.nfo"), victim);

        await WriteAsync();

        Assert.Equal("kept", await File.ReadAllTextAsync(victim, Token));
        Assert.Equal(victim, new FileInfo(Path.Join(Folder, "tvshow.nfo")).LinkTarget);
    }

    [Fact]
    public async Task A_folder_that_belongs_to_another_series_is_left_alone()
    {
        await FillAsync();
        var other = new SeriesSidecar { Key = "anderswo", Name = "Anderswo", Link = "https://site.example/x", Provider = "aniworld" };
        other.Write(Folder);

        await WriteAsync();

        Assert.Equal("anderswo", SeriesSidecar.Read(Folder)!.Key);
        Assert.False(File.Exists(Path.Join(Folder, "tvshow.nfo")));
    }

    [Fact]
    public async Task What_AniWorld_checked_itself_gets_its_hash()
    {
        await FillAsync();
        await using (var database = _world.Database())
        {
            await database.EpisodeFiles.Where(f => f.Episode.Number == 1).ExecuteUpdateAsync(set => set.SetProperty(f => f.Verified, true), Token);
        }

        await WriteAsync();

        var said = SeriesSidecar.Read(Folder)!.Files;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("video"u8)), said[0].Hash);
        Assert.Null(said[1].Hash);
        Assert.Equal(said[0].Hash, (await _world.FilesAsync())[0].Hash);
    }

    private Task WriteAsync() => _world.Get<SeriesMetadata>().WriteAsync(KeepingWorld.Key, Token);

    private async Task FillAsync()
    {
        foreach (var address in (string[])[CoverAddress, BackdropAddress])
        {
            KeepPicture(address);
        }

        _world.Add($"{KeepingWorld.Folder}/{Single}.mp4");
        _world.Add($"{KeepingWorld.Folder}/{Double}.mkv");
        await _world.AddSeriesAsync(3, series => (series.CoverUrl, series.BackdropUrl) = (CoverAddress, BackdropAddress));
        await _world.ScanAsync();
    }

    /// <summary>As if it had been fetched before: no site is there to ask.</summary>
    private void KeepPicture(string address)
    {
        var covers = _world.Get<DataFolder>().Covers;
        Directory.CreateDirectory(covers);
        var name = _world.Get<Services.Catalogue.CoverService>().Remember(new Uri(address));
        File.WriteAllBytes(Path.Join(covers, name + ".jpg"), Jpeg);
    }

    private async Task RenameSeriesAsync(string name)
    {
        await using var database = _world.Database();
        (await database.Series.SingleAsync(Token)).Name = name;
        await database.SaveChangesAsync(Token);
    }

    private static List<string> FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    private static void Copy(string from, string to)
    {
        foreach (var file in FilesIn(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(to, file))!);
            File.Copy(Path.Join(from, file), Path.Join(to, file));
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
