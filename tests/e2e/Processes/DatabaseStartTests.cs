namespace AniWorld.E2E.Processes;

/// <summary>A start that must not be: exit code 1, a sentence that says why, and no byte changed.</summary>
public sealed class DatabaseStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-e2e-").FullName;

    private string Data => Path.Join(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_second_server_on_the_same_data_folder_ends_and_the_first_goes_on()
    {
        await using var first = await ReadyServer.StartAsync(null, new ServerStart { Folder = _folder });
        await first.AddAsync("kurz-und-knapp");
        var configuration = await File.ReadAllBytesAsync(Path.Join(Data, "config.json"), TestContext.Current.CancellationToken);

        var (exitCode, output) = await ServerProcess.RunToEndAsync(new ServerStart { Folder = _folder });

        AssertRefused(exitCode, output, "Another AniWorld uses the data folder");
        Assert.Equal(configuration, await File.ReadAllBytesAsync(Path.Join(Data, "config.json"), TestContext.Current.CancellationToken));
        Assert.Equal(3, (await first.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("episode_count").GetInt32());
        Assert.Single(await first.EnqueueAsync("kurz-und-knapp", "normal", 1, 1));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_as_it_is()
    {
        await using var server = await ServerProcess.StartAsync(new ServerStart { Folder = _folder });
        Assert.Equal(0, await server.TerminateAsync());
        DatabaseFile.Ask(Data, "INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_FromTheFuture', '99.0.0')");
        var newer = await ReadAsync();

        var (exitCode, output) = await ServerProcess.RunToEndAsync(new ServerStart { Folder = _folder });

        AssertRefused(exitCode, output, "newer AniWorld");
        Assert.Equal(newer, await ReadAsync());
    }

    private static void AssertRefused(int exitCode, string output, string sentence)
    {
        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at AniWorld", output, StringComparison.Ordinal);
    }

    private Task<byte[]> ReadAsync() => File.ReadAllBytesAsync(DatabaseFile.PathIn(Data), TestContext.Current.CancellationToken);
}
