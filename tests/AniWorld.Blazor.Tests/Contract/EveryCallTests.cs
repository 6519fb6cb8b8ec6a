using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AniWorld.Blazor.Tests.Contract;

/// <summary>What every call of the OpenAPI document does with requests that are wrong, over a real port.</summary>
[Trait("Kind", "api")]
public sealed class EveryCallTests : IAsyncLifetime
{
    private const int BodyLimit = 1 << 20;

    private AniWorldServer _server = null!;
    private HttpClient _stranger = null!;
    private IReadOnlyList<ServedCall> _calls = [];

    /// <summary>Texts that mean something to a database, a page, a file system, a shell or a header.</summary>
    private static readonly string[] Hostile =
    [
        "'; DROP TABLE \"Series\"; --", "<img src=x onerror=alert(1)>", "../../../etc/passwd", "..\\..\\x", "a\0b", "%00%2e%2e%2f", "$(touch x)", "{0}{{key}}",
        "\r\nX-Injected: 1", "日本語 \u202E\U0001F600", new string('ä', 5_000), " ", "",
    ];

    private IEnumerable<ServedCall> WithBody => _calls.Where(call => call.Example is not null);

    public async ValueTask InitializeAsync()
    {
        _server = await AniWorldServer.StartReadyAsync();
        _stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Http.BaseAddress };
        _calls = ServedCall.Of(await _server.GetAsync("/openapi/v1.json"));
    }

    public async ValueTask DisposeAsync()
    {
        _stranger.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public Task Without_a_token_it_is_401() => ForEachAsync(
        _calls.Where(call => !call.IsPublic),
        call => call.Request(call.Example?.ToJsonString()),
        (_, status, _) => Assert.Equal(HttpStatusCode.Unauthorized, status),
        _stranger);

    [Fact]
    public async Task With_a_bad_token_it_is_401_too()
    {
        _stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "eyJhbGciOiJub25lIn0.eyJqdGkiOiJ4In0.");
        await ForEachAsync(
            _calls.Where(call => !call.IsPublic),
            call => call.Request(call.Example?.ToJsonString()),
            (_, status, _) => Assert.Equal(HttpStatusCode.Unauthorized, status),
            _stranger);
    }

    [Fact]
    public Task Another_method_is_405_and_says_which_would_do() => ForEachAsync(
        _calls,
        call => call.Request(method: new HttpMethod(call.Path.StartsWith("/api/config", StringComparison.Ordinal) ? "PATCH" : "PUT")),
        (call, status, answer) =>
        {
            Assert.Equal(HttpStatusCode.MethodNotAllowed, status);
            Assert.Contains(call.Method.Method, answer.Content.Headers.Allow);
        });

    [Theory]
    [InlineData("{\"")]
    [InlineData("no json")]
    [InlineData("{'a': 1}")]
    [InlineData("")]
    public Task A_body_that_is_no_JSON_is_400(string body) => ForEachAsync(
        // What may come without a body may come with an empty one.
        WithBody.Where(call => body.Length > 0 || call.Template is not ("/api/queue/retry" or "/api/config/backups/{name}/restore")),
        call => call.Request(body),
        (_, status, _) => Assert.Equal(HttpStatusCode.BadRequest, status));

    [Fact]
    public Task A_body_of_another_kind_is_415() => ForEachAsync(
        WithBody,
        call =>
        {
            var request = call.Request(call.Example!.ToJsonString());
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            return request;
        },
        (_, status, _) => Assert.Equal(HttpStatusCode.UnsupportedMediaType, status));

    [Fact]
    public Task A_body_over_the_limit_is_413() => ForEachAsync(
        WithBody,
        call => call.Request($$"""{"surprise": "{{new string('x', BodyLimit)}}"}"""),
        (_, status, _) => Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status));

    [Fact]
    public Task An_unknown_member_is_422_and_named() => ForEachAsync(
        WithBody.Where(call => call.Template != "/api/config/validate"),
        call => call.Request(call.With("surprise", 1)),
        (_, status, answer) => AssertInvalid("surprise", status, answer));

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    public Task A_body_that_is_no_object_is_422(string body) => ForEachAsync(
        WithBody.Where(call => call.Template != "/api/config/validate"),
        call => call.Request(body),
        (_, status, _) => Assert.Equal(HttpStatusCode.UnprocessableEntity, status));

    [Fact]
    public Task A_member_of_the_wrong_type_is_422_and_named() => ForEachAsync(
        from call in WithBody
        where !call.IsConfiguration
        from member in call.Example!.AsObject()
        from wrong in new[] { "{\"x\": 1}", "[[]]", "7.5" }
        select (Call: call, Member: member.Key, Wrong: wrong),
        one => one.Call.Request(one.Call.With(one.Member, JsonNode.Parse(one.Wrong))),
        (one, status, answer) => AssertInvalid(one.Member, status, answer));

    [Fact]
    public Task A_missing_member_is_422_and_named() => ForEachAsync(
        from call in WithBody from member in call.Required select (Call: call, Member: member),
        one => one.Call.Request(one.Call.Without(one.Member)),
        (one, status, answer) => AssertInvalid(one.Member, status, answer));

    [Fact]
    public Task Null_for_a_member_that_is_needed_is_422_and_named() => ForEachAsync(
        from call in WithBody from member in call.Required select (Call: call, Member: member),
        one => one.Call.Request(one.Call.With(one.Member, null)),
        (one, status, answer) => AssertInvalid(one.Member, status, answer));

    [Fact]
    public Task A_member_that_is_there_twice_is_422_and_named() => ForEachAsync(
        WithBody.Where(call => !call.IsConfiguration),
        call => call.Request($$"""{"{{First(call)}}": null, {{call.Example!.ToJsonString()[1..]}}"""),
        (call, status, answer) => AssertInvalid(First(call), status, answer));

    [Fact]
    public Task A_parameter_of_the_wrong_type_is_422_and_named() => ForEachAsync(
        from call in _calls
        from parameter in call.Parameters
        where (string?)parameter["in"] == "query" && !TypesOf(parameter).Contains("string")
        select (Call: call, Parameter: (string)parameter["name"]!),
        one => one.Call.Request(one.Call.Example?.ToJsonString(), $"?{one.Parameter}=x"),
        (one, status, answer) => AssertInvalid(one.Parameter, status, answer));

    [Fact]
    public Task Half_a_surrogate_pair_is_a_refusal_and_no_fault() => ForEachAsync(
        from call in WithBody
        from member in call.Example!.AsObject()
        where member.Value is JsonValue value && value.GetValueKind() is JsonValueKind.String
        select (Call: call, Member: member.Key),
        one => one.Call.Request(one.Call.Without(one.Member).TrimEnd('}').TrimEnd() is { Length: > 1 } rest
            ? $$"""{{rest}}, "{{one.Member}}": "\ud800"}"""
            : $$"""{"{{one.Member}}": "\ud800"}"""),
        (_, status, _) => Assert.InRange((int)status, 400, 499));

    [Fact]
    public async Task Hostile_texts_in_members_do_no_harm()
    {
        await ForEachAsync(
            from call in WithBody
            where !call.IsConfiguration
            from member in call.Example!.AsObject()
            where member.Value is JsonValue value && value.GetValueKind() is JsonValueKind.String
            from text in Hostile
            select (Call: call, Member: member.Key, Text: text),
            one => one.Call.Request(one.Call.With(one.Member, one.Text)),
            (_, status, answer) => AssertHarmless(status, answer));
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Hostile_texts_in_addresses_do_no_harm()
    {
        await ForEachAsync(
            from call in _calls
            where call.Template != "/api/anime/rescan"
            from parameter in call.Parameters
            let name = (string)parameter["name"]!
            let inQuery = (string?)parameter["in"] == "query"
            // A path with a NUL is refused by the web server, before it is a request.
            from text in Hostile.Where(text => text.Length < 1_000 && (inQuery || !text.Contains('\0')))
            select (Call: call, Name: name, InQuery: inQuery, Text: Uri.EscapeDataString(text)),
            one => one.InQuery
                ? one.Call.Request(one.Call.Example?.ToJsonString(), $"?{one.Name}={one.Text}")
                : (one.Call with { Path = one.Call.Template.Replace($"{{{one.Name}}}", one.Text, StringComparison.Ordinal) })
                    .Request(one.Call.Example?.ToJsonString()),
            (_, status, answer) => AssertHarmless(status, answer));
        await AssertWholeAsync();
    }

    private static string First(ServedCall call) => call.Example!.AsObject().First().Key;

    private static IReadOnlyList<string> TypesOf(JsonObject parameter) => parameter["schema"]?["type"] switch
    {
        JsonArray types => [.. types.Select(type => type!.GetValue<string>())],
        { } type => [type.GetValue<string>()],
        null => ["string"],
    };

    private static void AssertHarmless(HttpStatusCode status, HttpResponseMessage answer)
    {
        Assert.True((int)status is < 500 or 502, $"{(int)status}");
        Assert.False(answer.Headers.Contains("X-Injected"));
    }

    private static void AssertInvalid(string member, HttpStatusCode status, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var text = answer.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        var errors = JsonNode.Parse(text)!["errors"]!.AsObject();
        Assert.True(errors.Any(error => error.Key.Split('[', '.')[0] == member), text);
        Assert.All(errors, error => Assert.NotEmpty(error.Value![0]!.GetValue<string>()));
        Assert.DoesNotContain("AniWorld.Blazor", text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
    }

    /// <summary>Sends each and looks at it; all failures are told together, each with its call.</summary>
    private async Task ForEachAsync<T>(
        IEnumerable<T> cases, Func<T, HttpRequestMessage> request, Action<T, HttpStatusCode, HttpResponseMessage> look, HttpClient? client = null)
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var one in cases)
        {
            count++;
            using var message = request(one);
            using var answer = await (client ?? _server.Http).SendAsync(message, TestContext.Current.CancellationToken);
            try
            {
                look(one, answer.StatusCode, answer);
                await AssertProblemAsync(answer);
            }
            catch (Exception e) when (e is Xunit.Sdk.IAssertionException or NullReferenceException)
            {
                failures.Add($"{one}: {(int)answer.StatusCode} {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        Assert.NotEqual(0, count);
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>Every refusal has the one shape, and a trace id of the one form.</summary>
    private static async Task AssertProblemAsync(HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode < 400)
        {
            return;
        }

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((int)answer.StatusCode, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        Assert.Matches("^[0-9a-f]{32}$", (string)problem["trace_id"]!);
    }

    private async Task AssertWholeAsync() => Assert.Equal(JsonValueKind.Array, (await _server.GetAsync("/api/anime?all=true")).ValueKind);
}
