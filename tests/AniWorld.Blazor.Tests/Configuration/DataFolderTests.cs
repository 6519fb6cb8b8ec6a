namespace AniWorld.Blazor.Tests.Configuration;

/// <summary>A data folder is one server's at a time.</summary>
[Trait("Kind", "api")]
public sealed class DataFolderTests
{
    [Fact]
    public async Task A_second_server_is_refused_before_it_mends_anything_in_the_folder()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var data = Path.Join(server.Folder, "data");
        var config = Path.Join(data, "config.json");
        await File.WriteAllTextAsync(config, "{ half a file");

        var refusal = Assert.Throws<StartException>(() => Program.Build(["--data", data, "--urls", "http://127.0.0.1:0"]));

        Assert.Contains(data, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("{ half a file", await File.ReadAllTextAsync(config));
    }
}
