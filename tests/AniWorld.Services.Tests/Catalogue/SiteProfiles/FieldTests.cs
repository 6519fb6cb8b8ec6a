using System.Text.Json;
using AniWorld.Services.Catalogue.SiteProfiles;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

public sealed class FieldTests
{
    private static readonly JsonSerializerOptions Named = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private const string Page = """
        <div id="row" class="show" data-lang="3" data-date="7. April 2013">
          <h1>Mondlotse <span class="badge">neu</span></h1>
          <a href="/goto?id=mond%20lotse&amp;x=1">Zur Serie</a>
          <img class="flag de" src="de.svg"><img class="flag en" src="en.svg">
          <time>07.04.2013</time><i></i>
        </div>
        """;

    [Theory]
    [InlineData("""{"selector": "h1"}""", "Mondlotse neu")]
    [InlineData("""{"selector": "h1", "remove": ".badge"}""", "Mondlotse")]
    [InlineData("""{"selector": "#row", "attribute": "data-lang"}""", "3")]
    [InlineData("""{"selector": "h2"}""", null)]
    [InlineData("""{"selector": "h2", "default": "1"}""", "1")]
    [InlineData("""{"selector": "i", "default": "empty"}""", "empty")]
    [InlineData("""{"selector": "h2", "or": [{"selector": "h3"}, {"selector": "time"}], "default": "x"}""", "07.04.2013")]
    [InlineData("""{"selector": "h1", "pattern": "^X", "or": [{"selector": "time"}]}""", "07.04.2013")]
    [InlineData("""{"selector": "#row", "case": {".flag.fr": "fr", ".flag.de": "de-dub", "*": "unknown"}}""", "de-dub")]
    [InlineData("""{"selector": "h1", "case": {".flag.de": "de-dub", "*": "unknown"}}""", "unknown")]
    [InlineData("""{"selector": ".flag", "case": {".de": "a", ".en": "b"}}""", "a")]
    [InlineData("""{"selector": "h1", "case": {".nothing": "x"}}""", null)]
    public void A_value_is_found_where_the_profile_says(string field, string? value) => Assert.Equal(value, Read(field));

    [Theory]
    [InlineData("regexp", """["^(\\w+)"]""", "h1", "Mondlotse")]
    [InlineData("regexp", """["[0-9]+"]""", "h1", null)]
    [InlineData("re_replace", """["(\\w+) (\\w+)", "$2: $1"]""", "h1", "neu: Mondlotse")]
    [InlineData("replace", """["neu", "alt"]""", "h1", "Mondlotse alt")]
    [InlineData("split", """[" ", "-1"]""", "h1", "neu")]
    [InlineData("split", """[" ", "0"]""", "h1", "Mondlotse")]
    [InlineData("split", """[" ", "5"]""", "h1", null)]
    [InlineData("trim", """["Mu"]""", "h1", "ondlotse ne")]
    [InlineData("prepend", """["Der "]""", "h1", "Der Mondlotse neu")]
    [InlineData("append", """["!"]""", "h1", "Mondlotse neu!")]
    [InlineData("tolower", "[]", "h1", "mondlotse neu")]
    [InlineData("toupper", "[]", "h1", "MONDLOTSE NEU")]
    [InlineData("dateparse", """["dd.MM.yyyy"]""", "time", "2013-04-07")]
    [InlineData("dateparse", """["yyyy"]""", "time", null)]
    public void A_filter_makes_a_value_of_the_text(string name, string args, string selector, string? value) =>
        Assert.Equal(value, Read($$"""{"selector": "{{selector}}", "filters": [{"name": "{{name}}", "args": {{args}}}]}"""));

    [Fact]
    public void Filters_follow_each_other() => Assert.Equal("MOND LOTSE", Read(
        """{"selector": "a", "attribute": "href", "filters": [{"name": "querystring", "args": ["id"]}, {"name": "toupper"}]}"""));

    [Fact]
    public void A_date_may_be_written_in_a_language() => Assert.Equal("2013-04-07", Read(
        """{"selector": "#row", "attribute": "data-date", "filters": [{"name": "dateparse", "args": ["d. MMMM yyyy", "de"]}]}"""));

    [Fact]
    public void All_values_of_a_list_go_through_the_same()
    {
        var field = Parse("""{"selector": ".flag", "attribute": "src", "filters": [{"name": "replace", "args": [".svg", ""]}]}""");

        Assert.Equal(["de", "en"], field.ReadAll(SavedPages.Parse(Page)));
    }

    [Fact]
    public void A_trial_shows_each_step_and_where_else_was_looked()
    {
        var trials = Parse("""{"selector": "h2", "or": [{"selector": "h1", "pattern": "^\\w+"}]}""").Try("series.title", SavedPages.Parse(Page)).ToList();

        Assert.Equal(("series.title", 0), (trials[0].Member, trials[0].Found));
        Assert.Null(trials[0].Raw);
        Assert.Equal(("series.title.or[0]", 1, "Mondlotse neu"), (trials[1].Member, trials[1].Found, trials[1].Raw));
        Assert.Equal(["Mondlotse"], trials[1].Values);
    }

    private static string? Read(string field) => Parse(field).Read(SavedPages.Parse(Page));

    private static Field Parse(string json) => JsonSerializer.Deserialize<Field>(json, Named)!;
}
