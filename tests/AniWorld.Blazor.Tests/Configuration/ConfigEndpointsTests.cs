using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Configuration;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using AniWorld.Services.Progress;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AniWorld.Blazor.Tests.Configuration;

/// <summary>The endpoints on a server of their own, everyone let in: who may call them is the host's affair.</summary>
public sealed class ConfigEndpointsTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("aniworld-config-api-").FullName;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string ConfigFile => Path.Combine(_root, "data", "config.json");

    public async ValueTask InitializeAsync()
    {
        var data = new DataFolder(Path.Combine(_root, "data"), Path.Combine(_root, "logs"));
        Directory.CreateDirectory(data.Root);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => ContractJson.Apply(json.SerializerOptions));
        builder.Services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails().AddExceptionHandler<UnhandledFaults>();
        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(data).AddSqliteDatabase(data.Database);
        builder.Services.AddProgress();
        builder.Services.AddConfiguration(ConfigChain.Open(new ConfigurationBuilder().Build(), data, []));
        _app = builder.Build();
        _app.UseExceptionHandler();
        _app.MapConfig();
        await _app.StartAsync(Token);
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_patch_answers_with_the_whole_configuration()
    {
        using var answer = await PutAsync("""{"downloads": {"parallel": 5}}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(5, (await JsonAsync(answer))["downloads"]!["parallel"]!.GetValue<int>());
        var all = await _client.GetFromJsonAsync<JsonObject>("/api/config", Token);
        Assert.Equal(5, all!["downloads"]!["parallel"]!.GetValue<int>());
        Assert.Equal("de-dub", all["languages"]!["profiles"]![0]!["cutoff"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_broken_rule_is_422_with_its_path_and_writes_nothing()
    {
        using var answer = await PutAsync("""{"downloads": {"parallel": 0}, "tools": {"ffmpeg": "/tmp/evil"}}""");
        using var range = await PutAsync("""{"downloads": {"parallel": 0}}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True((await JsonAsync(answer))["errors"]!.AsObject().ContainsKey("tools"));
        Assert.True((await JsonAsync(range))["errors"]!.AsObject().ContainsKey("downloads.parallel"));
        Assert.False(File.Exists(ConfigFile));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity)]
    [InlineData("null", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_no_patch_is_refused(string body, HttpStatusCode status)
    {
        using var answer = await PutAsync(body);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Validation_answers_in_the_contracts_shape()
    {
        using var answer = await _client.PostAsync("/api/config/validate", Body("""{"downloads": {"parallel": 0}}"""), Token);

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"valid": false, "errors": [{"path": "downloads.parallel", "message": "This must be between 1 and 20."}], "warnings": []}"""),
            await JsonAsync(answer)));
    }

    [Fact]
    public async Task An_edit_by_hand_takes_effect_while_the_server_runs()
    {
        var chain = _app.Services.GetRequiredService<ConfigChain>();
        var changed = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = _app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<AniWorldOptions>>()
            .OnChange((options, _) => changed.TrySetResult(options.Downloads.Parallel));

        using var told = _app.Services.GetRequiredService<ProgressService>().Subscribe();

        await File.WriteAllTextAsync(ConfigFile, """{"downloads": {"parallel": 9}}""", Token);

        Assert.Equal(9, await changed.Task.WaitAsync(TimeSpan.FromMinutes(2), Token));
        Assert.Equal(9, chain.Current.Downloads.Parallel);
        var notice = await told.ReadBatchesAsync(Token).SelectMany(batch => batch.Select(e => e.Event).ToAsyncEnumerable()).OfType<SystemNotice>().FirstAsync(Token);
        Assert.Contains("downloads.parallel", notice.Message, StringComparison.Ordinal);
    }

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<JsonObject> JsonAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!;

    private Task<HttpResponseMessage> PutAsync(string patch) => _client.PutAsync("/api/config", Body(patch), Token);
}
