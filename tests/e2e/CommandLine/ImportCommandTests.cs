using System.Net.Http.Json;
using System.Text.Json;
using AniWorld.E2E.Processes;
using Microsoft.Data.Sqlite;

namespace AniWorld.E2E.CommandLine;

/// <summary><c>aniworld import</c> as a user runs it. What it takes over is tested beside the service.</summary>
public sealed class ImportCommandTests : IDisposable
{
    /// <summary>bcrypt of <see cref="Password"/>, made by libcrypt.</summary>
    private const string Hash = "$2b$04$abcdefghijklmnopqrstuup5sGveIdMNpd22lZg55e0h4oTo6zCUa";

    private const string Password = "Das alte Kennwort";

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-import-").FullName;

    private string Old => Path.Join(_folder, "old");

    [Fact]
    public async Task It_shows_first_then_does_it_and_the_old_password_logs_in()
    {
        Prepare();

        var shown = await RunAsync("import", Old);
        Assert.Equal((0, ""), (shown.ExitCode, shown.Errors));
        Assert.Contains("Series: 1 new", shown.Output);
        Assert.Contains("Nothing was changed.", shown.Output);
        Assert.False(File.Exists(Path.Join(_folder, "data", "aniworld.db")));

        var done = await RunAsync("import", Old, "--apply", "--json");
        Assert.Equal((0, ""), (done.ExitCode, done.Errors));
        Assert.Equal((true, 1, true), (
            done.Json.GetProperty("applied").GetBoolean(), done.Json.GetProperty("new_series").GetInt32(), done.Json.GetProperty("password_taken").GetBoolean()));
        Assert.DoesNotContain("$2b$", done.Output);

        await using var server = await ServerProcess.StartAsync(new ServerStart { Folder = _folder });
        using var login = await server.Http.PostAsJsonAsync("/api/auth/login", new { password = Password });
        login.EnsureSuccessStatusCode();
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var series = await server.Http.GetFromJsonAsync<JsonElement>("/api/anime?all=true");
        Assert.Equal("one-piece", series[0].GetProperty("key").GetString());

        var running = await RunAsync("import", Old, "--apply");
        Assert.Equal(1, running.ExitCode);
        Assert.Contains("Stop it", running.Errors);
    }

    [Fact]
    public async Task What_is_no_old_installation_is_not_found_and_what_is_damaged_is_refused()
    {
        Directory.CreateDirectory(Old);
        Assert.Equal(3, (await RunAsync("import", Old, "--apply")).ExitCode);
        Assert.Equal(3, (await RunAsync("import", Path.Join(_folder, "nowhere"))).ExitCode);

        Prepare();
        await File.WriteAllTextAsync(Path.Join(Old, "data", "aniworld.db"), "damaged");
        var refused = await RunAsync("import", Old, "--apply");

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("nothing was taken over", refused.Errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<CommandOutcome> RunAsync(params string[] arguments) => CommandProcess.RunAsync(_folder, arguments);

    private void Prepare()
    {
        Directory.CreateDirectory(Path.Join(Old, "data"));
        Directory.CreateDirectory(Path.Join(_folder, "library"));
        File.WriteAllText(
            Path.Join(Old, "data", "config.json"),
            JsonSerializer.Serialize(new { other = new { anime_directory = Path.Join(_folder, "library"), master_password_hash = Hash } }));
        using var connection = new SqliteConnection($"Data Source={Path.Join(Old, "data", "aniworld.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE IF NOT EXISTS anime_series (id INTEGER PRIMARY KEY, key TEXT UNIQUE, name TEXT, site TEXT, folder TEXT);
            INSERT OR REPLACE INTO anime_series VALUES (1, 'one-piece', 'One Piece', 'aniworld.to', 'One Piece');
            """;
        command.ExecuteNonQuery();
    }
}
