using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests;

public sealed partial class SentenceTests
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    [Fact]
    public void A_sentence_is_said_in_English_and_in_the_language_of_its_reader()
    {
        var sentence = new Sentence("rule_between", 0.01, 60);

        Assert.Equal("This must be between 0.01 and 60.", sentence.ToString());
        Assert.Equal("Das muss zwischen 0,01 und 60 liegen.", sentence.In(German));
    }

    [Fact]
    public void What_stands_in_a_sentence_is_said_in_the_same_language()
    {
        var fault = new FaultException(FaultCode.Timeout, Sentence.Plain("No answer within 30 s."));
        var sentences = Sentence.Join([new Sentence("scan_failed", "Mondlotse", fault), new Sentence("walk_more")]);

        Assert.Equal("Mondlotse: No answer within 30 s. There is more in this folder that could not be read.", sentences.ToString());
        Assert.Equal(
            "Mondlotse: keine Antwort In diesem Ordner gibt es noch mehr, das sich nicht lesen ließ.",
            sentences.In(German, value => value is FaultException ? "keine Antwort" : value));
    }

    [Fact]
    public void A_sentence_that_was_stored_is_the_same_in_each_language()
    {
        var at = new DateTimeOffset(2026, 3, 5, 14, 30, 0, TimeSpan.FromHours(1));
        var sentence = new Sentence("job_rest_waits", new Sentence("scan_failed", "Mondlotse", new FaultException(FaultCode.Timeout, Sentence.Plain("No answer."))), 3, at);

        var read = StoredSentence.Read(StoredSentence.Write(sentence));

        Assert.Equal("Mondlotse: No answer. Series that wait: 3, until 5 Mar 14:30 at the earliest.", read.ToString());
        Assert.Equal(
            "Mondlotse: timeout Wartende Serien: 3, frühestens bis 5. März.",
            read.In(German, value => value switch { FaultException fault => fault.Code, DateTimeOffset moment => moment.ToString("d. MMMM", German), _ => value }));
    }

    [Theory]
    [InlineData("No way.")]
    [InlineData("{ no sentence")]
    [InlineData("""{"name": "nothing_of_that_name", "values": []}""")]
    [InlineData("""{"name": 3}""")]
    public void What_was_stored_as_a_text_stays_that_text(string text) => Assert.Equal(text, StoredSentence.Read(text).ToString());

    [Fact]
    public void Every_sentence_is_there_in_both_languages_with_the_same_places()
    {
        var (english, german) = (Texts("en"), Texts("de"));

        Assert.Equal(english.Keys.Order(), german.Keys.Order());
        Assert.All(english, text => Assert.Equal(PlacesOf(text.Value), PlacesOf(german[text.Key])));
        Assert.All(english.Where(text => Word().IsMatch(Place().Replace(text.Value, ""))), text => Assert.NotEqual(text.Value, german[text.Key]));
    }

    [Fact]
    public void Every_sentence_that_the_program_says_exists_and_none_is_left_over()
    {
        var used = Sources().SelectMany(file => Use().Matches(File.ReadAllText(file))).Select(use => use.Groups["name"].Value).ToHashSet();

        Assert.Equal(Texts("en").Keys.Order(), used.Order());
    }

    [Fact]
    public void What_the_program_says_in_its_own_words_has_a_name() =>
        Assert.DoesNotContain(Sources(), file => OwnWords().IsMatch(File.ReadAllText(file)));

    private static IEnumerable<string> Sources() => new[] { "AniWorld.Services", "AniWorld.Blazor" }
        .SelectMany(project => Directory.EnumerateFiles(Path.Join(Repository.Root, project), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static Dictionary<string, string> Texts(string language) =>
        new ResourceManager("AniWorld.Services.Sentences", typeof(Sentence).Assembly)
            .GetResourceSet(language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static IEnumerable<string> PlacesOf(string text) => Place().Matches(text).Select(place => place.Value).Order();

    [GeneratedRegex(@"\{[0-9](?::[^{}]*)?\}")]
    private static partial Regex Place();

    [GeneratedRegex("[a-z]{3}")]
    private static partial Regex Word();

    [GeneratedRegex("""new (?:Sentence|PageLayoutException)\("(?<name>[a-z0-9_]+)""")]
    private static partial Regex Use();

    [GeneratedRegex("""Sentence\.Plain\([$@"]""")]
    private static partial Regex OwnWords();
}
