using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;

namespace AniWorld.Services.Tests.Auth;

public sealed class CommandLineAccessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-cli-").FullName;

    private DataFolder Data => new(_folder, _folder);

    [Fact]
    public void Commands_find_an_open_server_and_get_in_with_everything_allowed()
    {
        var access = new CommandLineAccess(Data);
        access.Open(["http://127.0.0.1:8000"]);

        var found = CommandLineAccess.Find(Data);

        Assert.Equal(["http://127.0.0.1:8000"], found!.Addresses);
        Assert.Equal(Scope.All, access.Check(found.Secret)!.Scopes);
    }

    [Fact]
    public void Only_the_owner_can_read_the_secret()
    {
        new CommandLineAccess(Data).Open(["http://127.0.0.1:8000"]);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Join(Data.Keys, "cli.token")));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("aw_cli_")]
    [InlineData("aw_cli_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ä")]
    public void Other_texts_open_nothing(string text) => Assert.Null(new CommandLineAccess(Data).Check(text));

    [Fact]
    public void What_an_ended_server_left_behind_opens_nothing()
    {
        var before = new CommandLineAccess(Data);
        before.Open(["http://127.0.0.1:8000"]);

        Assert.Null(new CommandLineAccess(Data).Check(CommandLineAccess.Find(Data)!.Secret));
    }

    [Fact]
    public void A_server_that_stops_takes_its_files_away()
    {
        var access = new CommandLineAccess(Data);
        access.Open(["http://127.0.0.1:8000"]);

        access.Close();

        Assert.Null(CommandLineAccess.Find(Data));
        Assert.False(File.Exists(Path.Join(Data.Keys, "cli.token")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"urls": 5}""")]
    public void A_torn_file_is_as_none(string content)
    {
        new CommandLineAccess(Data).Open(["http://127.0.0.1:8000"]);
        File.WriteAllText(Path.Join(_folder, "server.json"), content);

        Assert.Null(CommandLineAccess.Find(Data));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
