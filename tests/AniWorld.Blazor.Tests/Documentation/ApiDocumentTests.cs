using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AniWorld.Blazor.Tests.Documentation;

/// <summary>docs/api.md, the OpenAPI document and the server say the same.</summary>
[Trait("Kind", "api")]
public sealed partial class ApiDocumentTests
{
    /// <summary>What docs/api.md says of every call, once for all of them.</summary>
    private static readonly int[] Common = [400, 401, 403, 405, 413, 415, 422, 500, 503, 507];

    [Fact]
    public async Task The_page_and_the_document_name_the_same_calls()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var served = Served(await server.GetAsync("/openapi/v1.json")).Select(call => call.Name).Order();

        Assert.Equal(Written().Select(call => call.Name).Order(), served);
    }

    [Fact]
    public async Task The_page_and_the_document_name_the_same_refusals()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var served = Served(await server.GetAsync("/openapi/v1.json"));

        foreach (var call in Written())
        {
            var refusals = served.Single(other => other.Name == call.Name).Statuses.Where(status => status >= 400);
            Assert.Equal((call.Name, string.Join(' ', call.Statuses)), (call.Name, string.Join(' ', refusals.Except(Common.Except(call.Statuses)).Order())));
        }
    }

    [Fact]
    public async Task Every_call_says_what_it_is_for_and_what_it_answers()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var document = await server.GetAsync("/openapi/v1.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.All(Served(document), call =>
        {
            Assert.False(string.IsNullOrWhiteSpace(call.Summary), call.Name);
            Assert.Contains(call.Statuses, status => status < 300);
        });
    }

    [Fact]
    public async Task Every_call_and_parameter_is_described_and_has_an_example_of_what_it_takes_and_answers()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var document = JsonObject.Create(await server.GetAsync("/openapi/v1.json"))!;

        Assert.All(
            from path in document["paths"]!.AsObject() from call in path.Value!.AsObject() select (Name: $"{call.Key} {path.Key}", Call: call.Value!.AsObject()),
            one =>
            {
                Assert.True(((string?)one.Call["description"])?.Length > 20, $"{one.Name} has no description");
                Assert.All(one.Call["parameters"]?.AsArray() ?? [], parameter =>
                    Assert.True(parameter!["description"] is not null && parameter["example"] is not null, $"{one.Name} does not explain {parameter["name"]}"));
                var bodies = one.Call["responses"]!.AsObject().Select(answer => answer.Value!["content"]).Append(one.Call["requestBody"]?["content"]);
                Assert.All(bodies.OfType<JsonObject>().SelectMany(content => content), body =>
                {
                    Assert.True(body.Value!["example"] is not null, $"{one.Name} has no example of {body.Key}");
                    new ExampleCheck(document).AssertFits(one.Name, body.Value["example"], body.Value["schema"]!.AsObject());
                });
            });
    }

    [Fact]
    public async Task Nobody_reads_it_without_logging_in_and_a_browser_is_led_to_the_login()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Http.BaseAddress };

        using var document = await stranger.GetAsync("/openapi/v1.json");
        stranger.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var page = await stranger.GetAsync("/api/docs");
        var shown = await server.Http.GetStringAsync("/api/docs");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Redirect), (document.StatusCode, page.StatusCode));
        Assert.StartsWith("/login", page.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotMatch(InlineScript(), shown);
    }

    private static List<Call> Written() =>
    [
        .. File.ReadLines(Path.Join(Repository.Root, "docs", "api.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => new Call(
                Name(row.Groups["method"].Value, row.Groups["path"].Value),
                [.. row.Groups["refuses"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(status => int.Parse(status, CultureInfo.InvariantCulture))],
                null)),
    ];

    private static List<Call> Served(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from call in path.Value.EnumerateObject()
           select new Call(
               Name(call.Name, path.Name),
               [.. call.Value.GetProperty("responses").EnumerateObject().Select(answer => int.Parse(answer.Name, CultureInfo.InvariantCulture))],
               call.Value.TryGetProperty("summary", out var summary) ? summary.GetString() : null),
    ];

    /// <summary>A path's parameters are the same whatever they are called.</summary>
    private static string Name(string method, string path) => $"{method.ToUpperInvariant()} {Parameter().Replace(path, "{}").TrimEnd('/')}";

    [GeneratedRegex(@"^\| `(?<method>[A-Z]+) (?<path>/[^`]*)` \|.*\| (?<refuses>[0-9 ]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"<script(?![^>]*\ssrc=)", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    private sealed record Call(string Name, int[] Statuses, string? Summary);
}
