using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AniWorld.Blazor.Tests.Diagnosis;

/// <summary>The zip that is handed to strangers.</summary>
[Trait("Kind", "api")]
public sealed class SupportBundleTests
{
    private const string Bundle = "/system/support-bundle";

    /// <summary>One of every kind that the configuration knows.</summary>
    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["webhook address"] = "https://hooks.example.org/services/T0AAA/B0BBB/wEbHoOkSeCrEt",
        ["webhook signature"] = "sIgNaTuReKeY+\"/1",
        ["discord address"] = "https://discord.com/api/webhooks/123456789012/dIsCoRdSeCrEt-abc",
        ["telegram token"] = "123456789:AAF-tElEgRaMsEcReT_0123456789abc",
        ["ntfy token"] = "tk_abcdefghijklmnopqrstuvwxyz012",
        ["mail password"] = "mAiLpAsSwOrD!",
        ["mail user"] = "mail-user@example.org",
        ["mail receiver"] = "receiver@example.net",
        ["telegram chat"] = "-1009876543210",
        ["proxy user"] = "proxyuser",
        ["proxy password"] = "pRoXyPaSsWoRd",
    };

    [Fact]
    public async Task It_holds_what_helps_and_no_secret_of_any_kind_wherever_it_had_got_to()
    {
        await using var server = await AniWorldServer.StartReadyAsync(
            null, "--Serilog:MinimumLevel:Override:Quartz=Warning", "--network.proxy", $"http://{Secrets["proxy user"]}:{Secrets["proxy password"]}@127.0.0.1:9");
        await ConfigureAsync(server);
        var token = await server.LogInAsync();
        var key = (await server.PostAsync("/api/auth/api-keys", new { name = "a script", scopes = new[] { "read" } })).GetProperty("key").GetString()!;
        var secrets = new Dictionary<string, string>(Secrets)
        {
            ["password"] = AniWorldServer.Password,
            ["session token"] = token,
            ["token signature"] = token.Split('.')[2],
            ["API key"] = key,
            ["command line token"] = "CoMmAnDlInEtOkEn",
            ["signing key"] = Convert.ToBase64String(await File.ReadAllBytesAsync(Path.Join(server.Folder, "data", "keys", "jwt.key"))),
        };
        await File.WriteAllTextAsync(Path.Join(server.Folder, "data", "keys", "cli.token"), secrets["command line token"]);
        Log(server, secrets);

        var files = await FilesAsync(server);

        Assert.Superset(new HashSet<string> { "about.json", "health.json", "tasks.json", "config.json" }, files.Keys.ToHashSet());
        Assert.Contains(files.Keys, name => name.StartsWith("logs/aniworld-", StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.All(files, file => AssertHides(file.Key, file.Value, secret.Key, secret.Value)));
    }

    [Fact]
    public async Task It_says_what_runs_how_it_is_and_how_it_is_set()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        await ConfigureAsync(server);

        var files = await FilesAsync(server);

        Assert.Equal(Environment.Version.ToString(), Json(files["about.json"]).GetProperty("runtime").GetString());
        Assert.Contains("database", files["health.json"], StringComparison.Ordinal);
        Assert.Contains("daily-backup", files["tasks.json"], StringComparison.Ordinal);
        var configuration = Json(files["config.json"]);
        Assert.Equal(server.Library, configuration.GetProperty("anime_directory").GetString());
        Assert.Equal("hook", configuration.GetProperty("notifications")[0].GetProperty("name").GetString());
        Assert.Equal("********", configuration.GetProperty("notifications")[0].GetProperty("url").GetString());
    }

    [Theory]
    [InlineData(Bundle)]
    [InlineData("/logs/files/aniworld-20261122.json")]
    public async Task Only_who_may_do_all_gets_it(string address)
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var key = (await server.PostAsync("/api/auth/api-keys", new { name = "a script", scopes = new[] { "read", "write" } })).GetProperty("key").GetString()!;
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var stranger = new HttpClient(handler) { BaseAddress = server.Http.BaseAddress };

        using var without = await stranger.GetAsync(address, TestContext.Current.CancellationToken);
        stranger.DefaultRequestHeaders.Add("X-Api-Key", key);
        using var withKey = await stranger.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Contains(without.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Redirect });
        Assert.Contains(withKey.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
    }

    [Fact]
    public async Task The_logs_files_can_be_had_one_by_one_and_nothing_else()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var name = Path.GetFileName(Directory.EnumerateFiles(Path.Join(server.Folder, "logs")).First());

        using var file = await server.Http.GetAsync($"/logs/files/{name}", TestContext.Current.CancellationToken);
        using var other = await server.Http.GetAsync("/logs/files/..%2Fdata%2Fconfig.json", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(name, file.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private static Task ConfigureAsync(AniWorldServer server) => server.PutConfigAsync(new
    {
        notifications = new object[]
        {
            new { name = "hook", type = "webhook", url = Secrets["webhook address"], token = Secrets["webhook signature"] },
            new { name = "discord", type = "discord", url = Secrets["discord address"] },
            new { name = "telegram", type = "telegram", token = Secrets["telegram token"], channel = Secrets["telegram chat"] },
            new { name = "ntfy", type = "ntfy", url = "https://ntfy.example.org", channel = "topic", token = Secrets["ntfy token"] },
            new
            {
                name = "mail",
                type = "email",
                url = "smtps://mail.example.org:465",
                user = Secrets["mail user"],
                password = Secrets["mail password"],
                from = "aniworld@example.org",
                to = new[] { Secrets["mail receiver"] },
            },
        },
    });

    /// <summary>Says each secret in a line, as a value, within an address, and in what an exception says.</summary>
    private static void Log(AniWorldServer server, Dictionary<string, string> secrets)
    {
        var logger = server.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AniWorld.Test");

        // Whom a message goes to is private in the settings only; the password is kept nowhere, and a signature opens nothing without its token.
        string[] unsaid = ["mail user", "mail receiver", "telegram chat", "password", "token signature"];
        foreach (var (kind, secret) in secrets.Where(secret => !unsaid.Contains(secret.Key)))
        {
            logger.LogWarning("Carelessly said: {Kind} {Secret}, encoded {Encoded}", kind, secret, Uri.EscapeDataString(secret));
            logger.LogError(new InvalidOperationException($"Inner {secret} leaked"), "It failed");
        }

        logger.LogWarning("Cookie: aniworld_session={Token}", secrets["session token"]);
    }

    private static void AssertHides(string file, string text, string kind, string secret)
    {
        foreach (var written in new[] { secret, Uri.EscapeDataString(secret), JsonSerializer.Serialize(secret)[1..^1] })
        {
            Assert.False(text.Contains(written, StringComparison.OrdinalIgnoreCase), $"{file} has the {kind}.");
        }
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static async Task<Dictionary<string, string>> FilesAsync(AniWorldServer server)
    {
        using var answer = await server.Http.GetAsync(Bundle, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var files = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken), Encoding.UTF8);
            files[entry.FullName] = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }

        return files;
    }
}
