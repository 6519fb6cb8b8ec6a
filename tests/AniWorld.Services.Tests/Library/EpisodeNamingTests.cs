using System.Text;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using CsCheck;

namespace AniWorld.Services.Tests.Library;

public sealed class EpisodeNamingTests
{
    private static readonly EpisodeNaming Naming = new(new NamingOptions());
    private static readonly EpisodeLabel Label = new("Attack on Titan", "attack-on-titan", 2013, 1, 2, "Der Tag", Language.DeDub);

    private static readonly Gen<string> AnyText = Gen.OneOf<string>(
        Gen.String,
        Gen.String[Gen.Char["abcSE0123456789 -[]().x:/v_äß#"], 0, 60],
        Gen.OneOf(
            "S05E06", "Name - S09E09 - x", "[de-sub]", "German Dub", "1x02", "OVA 1", "Movie 3", "sample", "x-trailer", "NCOP", "Season 3", "12.5",
            "91 Days", "Mob Psycho 100", "86", "E07", "- 03", "..", "CON", "第02話", "[05]", "S1", "-E05", "E05", "-05", "v2"));

    [Fact]
    public void Files_are_named_by_the_template() =>
        Assert.Equal("Season 01/Attack on Titan - S01E02 - Der Tag [de-dub]", Naming.EpisodePath(Label));

    [Fact]
    public void Films_and_specials_use_their_own_template() =>
        Assert.Equal("Specials/Attack on Titan - S00E02 - Der Tag [de-dub]", Naming.EpisodePath(Label with { Season = 0 }));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("???")]
    public void An_empty_title_takes_its_separator_along(string? title) =>
        Assert.Equal("Season 01/Attack on Titan - S01E02 [de-dub]", Naming.EpisodePath(Label with { Title = title }));

    [Fact]
    public void An_unknown_language_takes_its_brackets_along() =>
        Assert.Equal("Season 01/Attack on Titan - S01E02 - Der Tag", Naming.EpisodePath(Label with { Language = Language.Unknown }));

    [Fact]
    public void A_title_that_would_mislead_the_scanner_is_left_out() =>
        Assert.Equal(
            "Season 01/attack-on-titan - S01E02 - Der Tag [de-dub]", Naming.EpisodePath(Label with { SeriesName = "S09E09" }));

    [Theory]
    [InlineData("Attack on Titan", 2013, "Attack on Titan (2013)")]
    [InlineData("Attack on Titan", null, "Attack on Titan")]
    [InlineData("Fate/Zero: Two", 2011, "Fate-Zero - Two (2011)")]
    [InlineData("...", null, "the-key")]
    [InlineData("  ", 2011, "the-key (2011)")]
    public void A_series_has_a_folder(string name, int? year, string expected) => Assert.Equal(expected, Naming.FolderName(name, year, "the-key"));

    [Fact]
    public void A_folder_that_another_series_has_gets_the_key_behind_it()
    {
        Assert.Equal("Naruto [naruto-2]", Naming.FolderName("Naruto", null, "naruto-2", ["NARUTO"]));
        Assert.Equal("Über [ueber]", Naming.FolderName("Über", null, "ueber", ["U\u0308ber"]));
        Assert.Equal("Naruto [n] 2", Naming.FolderName("Naruto", null, "n", ["naruto", "Naruto [n]"]));
    }

    [Fact]
    public void A_long_title_is_cut_and_the_numbers_stay()
    {
        var path = Naming.EpisodePath(Label with { SeriesName = new string('ü', 100), Title = new string('界', 300) });

        var file = path.Split('/')[1];
        Assert.Contains(" - S01E02 - 界", file, StringComparison.Ordinal);
        Assert.EndsWith("界 [de-dub]", file, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(file + ".webm.remux.part"), 230, 255);
    }

    [Fact]
    public void A_name_that_is_too_long_by_itself_is_cut_too()
    {
        var path = Naming.EpisodePath(Label with { SeriesName = new string('ü', 400) });

        Assert.EndsWith("ü - S01E02 [de-dub]", path, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Select(AnyText, AnyText, Gen.Int[0, 30], Gen.Int[1, 1500], Gen.OneOf(Language.DeDub, Language.EnSub, Language.Ja, Language.Unknown))
            .Sample((name, title, season, number, language) =>
            {
                var path = Naming.EpisodePath(new EpisodeLabel(name, "the-key", 2013, season, number, title, language));

                var read = EpisodeFileName.Parse(path + ".mp4");
                Assert.NotNull(read);
                Assert.Equal((season, number, language), (read.Season!.Value, Assert.Single(read.Numbers), read.Language));
                Assert.All(path.Split('/'), part => Assert.Equal(part, SafeFileName.From(part, "")));
                Assert.Equal(2, path.Split('/').Length);
            }, iter: 5_000);

    [Fact]
    public void Reading_a_name_never_throws() =>
        Gen.Select(Gen.OneOf(Gen.String, AnyText), AnyText)
            .Sample((folder, file) => EpisodeFileName.Parse($"{folder}/{file}.mkv", folder), iter: 5_000);

    [Theory]
    [InlineData("Season {season}/{name} {season}x{episode:00}")]
    [InlineData("{name}.S{season:00}E{episode:000}.{title}.[{language}]")]
    [InlineData("Staffel {season}/Folge {episode} [{language}]")]
    [InlineData("{name} ({year}) S{season:00}E{episode:00}")]
    public void Other_templates_are_fine_when_they_can_be_read_back(string template) =>
        Assert.Empty(EpisodeNaming.Problems(template, NamingTemplateKind.Episode));

    [Theory]
    [InlineData("")]
    [InlineData("{name}")]
    [InlineData("{name} {episode:00}")]
    [InlineData("S{season:00}E{episode:00} {show}")]
    [InlineData("S{season:00}E{episode:00} {name")]
    [InlineData("S{season:00}E{episode:xx}")]
    [InlineData("S{season:00}E{episode:00} {title:00}")]
    [InlineData("../S{season:00}E{episode:00}")]
    [InlineData("/S{season:00}E{episode:00}")]
    [InlineData("a//S{season:00}E{episode:00}")]
    [InlineData("S{season:00}E{episode:00}/")]
    [InlineData(@"a\S{season:00}E{episode:00}")]
    [InlineData("a: S{season:00}E{episode:00}")]
    [InlineData(".x/S{season:00}E{episode:00}")]
    [InlineData("Extras/S{season:00}E{episode:00}")]
    public void A_template_that_cannot_work_is_refused(string template) =>
        Assert.NotEmpty(EpisodeNaming.Problems(template, NamingTemplateKind.Episode));

    [Theory]
    [InlineData("{name}", true)]
    [InlineData("{name} ({year})", true)]
    [InlineData("Anime/{name}", false)]
    [InlineData("{year}", false)]
    [InlineData("{name} {episode}", false)]
    public void A_folder_template_names_the_series(string template, bool valid) =>
        Assert.Equal(valid, EpisodeNaming.Problems(template, NamingTemplateKind.Folder).Count == 0);

    [Fact]
    public void Any_text_can_be_checked_as_a_template() =>
        Gen.String[Gen.Char["{}:/0abesonimtlgut. -[]"], 0, 40].Sample(template =>
            Assert.All(Enum.GetValues<NamingTemplateKind>(), kind => Assert.NotNull(EpisodeNaming.Problems(template, kind))), iter: 5_000);
}
