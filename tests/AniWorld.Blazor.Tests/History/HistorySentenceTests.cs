using System.Globalization;
using AniWorld.Blazor.History;
using AniWorld.Data.History;
using AniWorld.Services.History;

namespace AniWorld.Blazor.Tests.History;

public sealed class HistorySentenceTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public void Dispose() => CultureInfo.CurrentUICulture = _before;

    [Theory]
    [InlineData("en", "Mondlotse S01E02 was downloaded (German dub, from Rangeo).")]
    [InlineData("de", "Mondlotse S01E02 wurde heruntergeladen (")]
    public void A_download_is_told_with_its_language_and_hoster(string language, string expected)
    {
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        var line = Line(HistoryEvent.OfEpisode("download.completed", "mond", 1, 2, ("path", "a/b.mp4"), ("hoster", "Rangeo"), ("language", "de-dub")));

        Assert.StartsWith(expected, HistorySentence.Of(line), StringComparison.Ordinal);
        Assert.Equal("a/b.mp4", HistorySentence.MoreOf(line));
    }

    [Fact]
    public void What_failed_says_why_without_its_code()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en");

        Assert.Equal(
            "The video is gone.", HistorySentence.MoreOf(Line(HistoryEvent.OfEpisode("download.failed", "mond", 1, 2, ("error", "http_404: The video is gone.")))));
    }

    [Fact]
    public void Details_with_braces_are_not_filled_in_again() => Assert.Equal(
        "The key “{scopes}” was made (read).", English(HistoryEvent.Of("auth.key_created", ("name", "{scopes}"), ("scopes", "read"))));

    [Fact]
    public void A_kind_that_nobody_knows_here_goes_by_its_name() =>
        Assert.Equal("lunar.eclipse Mondlotse", English(HistoryEvent.OfSeries("lunar.eclipse", "mond")));

    /// <summary>The kinds that the program writes, as its source has them.</summary>
    public static TheoryData<string> Kinds => new(
        Directory.EnumerateFiles(Path.Join(Repository.Root, "AniWorld.Services"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("HistoryKinds.cs", StringComparison.Ordinal))
            .SelectMany(path => System.Text.RegularExpressions.Regex.Matches(
                File.ReadAllText(path), "\"((?:download|file|files|series|auth|config|backup|import)\\.(?!json|db|html)[a-z_]+)\"").Select(match => match.Groups[1].Value))
            .Where(kind => !kind.StartsWith("series.", StringComparison.Ordinal) || kind == "series.trashed")
            .Where(kind => !Settings.Contains(kind))
            .Distinct());

    private static string[] Settings => ["backup.path", "auth.session"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_told_in_both_languages(string kind)
    {
        foreach (var language in new[] { "en", "de" })
        {
            CultureInfo.CurrentUICulture = new CultureInfo(language);
            var sentence = HistorySentence.Of(Line(HistoryEvent.OfEpisode(kind, "mond", 1, 2)));

            Assert.NotNull(HistoryTexts.Told(kind));
            Assert.NotEqual(kind, HistoryTexts.Kind(kind));
            Assert.DoesNotContain('{', sentence);
        }
    }

    private static string English(HistoryEvent happened)
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en");
        return HistorySentence.Of(Line(happened));
    }

    private static HistoryLine Line(HistoryEvent happened) => new(happened, happened.SeriesKey is null ? null : "Mondlotse", true);
}
