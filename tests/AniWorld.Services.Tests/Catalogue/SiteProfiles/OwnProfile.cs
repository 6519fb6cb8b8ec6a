namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

/// <summary>A profile of a site that differs from the built-in one in all it can: a page of search results, no seasons, marks as classes.</summary>
internal static class OwnProfile
{
    public static string Json(string baseUrl, string name = "own") => $$"""
        {
          "name": "{{name}}",
          "site": "own.example",
          "base_urls": ["{{baseUrl}}"],
          "routes": {
            "search": "/find?q={query}",
            "series": "/show/{key}",
            "season": "/show/{key}",
            "episode": "/watch/{key}-folge-{episode}"
          },
          "search": {
            "page": {
              "present": "form.search",
              "rows": ".result",
              "name": { "selector": "a" },
              "link": { "selector": "a", "attribute": "href" },
              "year": { "selector": ".date" }
            }
          },
          "series": {
            "title": { "selector": "h1", "remove": "small" },
            "year": { "selector": "time", "filters": [{ "name": "dateparse", "args": ["dd.MM.yyyy"] }] },
            "seasons": { "selector": "nav.seasons a", "attribute": "href" },
            "season_count": { "default": "1" }
          },
          "season": {
            "list": "#episodes",
            "rows": "li",
            "link": { "selector": "a", "attribute": "href" },
            "titles": { "de": { "selector": "a" } },
            "languages": { "selector": "i", "case": { ".ger": "de", ".jap": "omu" } }
          },
          "episode": {
            "present": "h1",
            "offers": ".offer",
            "language": { "attribute": "data-lang" },
            "hoster": { "selector": "b" },
            "link": { "selector": "a", "attribute": "href" }
          },
          "languages": { "keys": { "de": "de-dub" }, "flags": { "de": "de-dub", "omu": "de-sub" } }
        }
        """;

    public const string Series = """
        <h1>Schloss im Nebel <small>HD</small></h1><time>07.04.2013</time>
        <ul id="episodes">
          <li><a href="/watch/schloss-folge-1">Ankunft</a><i class="ger"></i><i class="jap"></i></li>
          <li><a href="/watch/schloss-folge-2">Abreise</a><i class="jap"></i></li>
        </ul>
        """;

    public const string Search = """
        <form class="search"></form>
        <div class="result"><a href="/show/schloss">Schloss im Nebel</a><span class="date">seit 2013</span></div>
        <div class="result"><a href="/help/schloss">Hilfe</a></div>
        """;

    public const string Episode = """
        <h1>Ankunft</h1>
        <div class="offer" data-lang="de"><b>Glashaus</b><a href="/goto/1">an</a></div>
        <div class="offer" data-lang="fr"><b>Glashaus</b><a href="/goto/2">an</a></div>
        """;
}
