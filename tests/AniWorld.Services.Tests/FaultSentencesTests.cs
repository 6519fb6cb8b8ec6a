using System.Globalization;
using System.Text.RegularExpressions;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests;

public sealed partial class FaultSentencesTests
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");
    private static readonly Sentence Inner = new("fault_captcha", "seite.example");

    public static TheoryData<string> Names => [.. Sentence.All.Where(text => Groups().IsMatch(text.Name)).Select(text => text.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_sentence_is_known_again_with_its_values_and_with_a_sentence_among_them(string name)
    {
        var places = PlacesOf(name);
        foreach (var inner in Enumerable.Range(-1, places + 1))
        {
            var sentence = new Sentence(name, [.. Enumerable.Range(0, places).Select(place => place == inner ? (object)Inner : $"/srv/folge {place}.mp4")]);
            if (HasWords(name) || inner >= 0)
            {
                Assert.Equal(StoredSentence.Write(sentence), StoredSentence.Write(FaultSentences.Read(sentence.ToString())));
            }
        }
    }

    [Fact]
    public void What_hosters_and_sites_say_is_known_through_all_that_was_put_around_it()
    {
        var found = FaultSentences.Find("None of 3 hosters delivers it. VOE: /data/a.part is no playable video: it has no video track; try another hoster.");

        Assert.Equal(
            "Keiner von 3 Hostern liefert es. VOE: /data/a.part ist kein abspielbares Video: Sie hat keine Videospur; versuche einen anderen Hoster.",
            found?.In(German));
    }

    [Theory]
    [InlineData("")]
    [InlineData("VOE: Nobody wrote this.")]
    [InlineData("The disk is full of {0} and {1:x}.")]
    [InlineData("voe.example answered with status 404; open the address in a browser to see why!")]
    [InlineData("voe.example answered with status 404; open the address in a browser to see why.\n")]
    public void Any_other_text_stays_as_it_is(string text)
    {
        Assert.Null(FaultSentences.Find(text));
        Assert.Equal(text, FaultSentences.Read(text).In(German));
    }

    [Fact]
    public void What_stands_in_a_place_is_no_text_with_places()
    {
        var found = FaultSentences.Find("'{0}{1}{7:D9999}' is not there; check that the disk is mounted.");

        Assert.Equal("„{0}{1}{7:D9999}“ ist nicht da; prüfe, ob der Datenträger eingehängt ist.", found?.In(German));
    }

    [Theory]
    [InlineData("x")]
    [InlineData(": ")]
    [InlineData("None of 2 hosters delivers it. ")]
    [InlineData("yt-dlp cannot read a: b: ")]
    [InlineData(" It says: ")]
    [InlineData(" answered with status 4; try another hoster. sends a instead of a video: ")]
    public async Task A_hostile_text_is_looked_at_quickly(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 8000 / part.Length)) + "; try another hoster.";

        // Far more than it takes, for a busy machine.
        await Task.Run(() => FaultSentences.Find(text), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Null(FaultSentences.Find(text + new string('x', 8192)));
    }

    [Fact]
    public void A_failure_that_an_earlier_version_stored_is_said_in_each_language()
    {
        var stored = StoredSentence.Read("""
            {"name":"scan_failed","values":["Mondlotse",{"fault":"timeout","text":"seite.example did not answer in time; try again later."}]}
            """.Trim());

        Assert.Equal("Mondlotse: seite.example did not answer in time; try again later.", stored.ToString());
        Assert.Equal(
            "Mondlotse: seite.example hat nicht rechtzeitig geantwortet; versuche es später noch einmal.",
            stored.In(German, value => value is FaultException fault ? fault.Sentence.In(German) : value));
    }

    private static string TextOf(string name) => Sentence.All.Single(text => text.Name == name).English;

    private static int PlacesOf(string name) =>
        Place().Matches(TextOf(name)).Select(place => int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + 1).DefaultIfEmpty().Max();

    private static bool HasWords(string name) => Word().IsMatch(Place().Replace(TextOf(name), ""));

    [GeneratedRegex("^(fault|notice|library|config|backup)_")]
    private static partial Regex Groups();

    [GeneratedRegex(@"\{([0-9])[^{}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex("[a-z]{2}")]
    private static partial Regex Word();
}
