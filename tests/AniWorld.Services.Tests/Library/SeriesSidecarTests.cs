using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

public sealed class SeriesSidecarTests : IDisposable
{
    private static readonly SeriesSidecar Sidecar =
        new() { Key = "attack-on-titan", Name = "Attack on Titän", Link = "https://site.example/anime/stream/attack-on-titan", Provider = "aniworld", Year = 2013 };

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-sidecar-").FullName;

    private string File => Path.Join(_folder, ".aniworld.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_back_and_nothing_is_left_beside_it()
    {
        Sidecar.Write(_folder);
        (Sidecar with { Year = null }).Write(_folder);

        Assert.Equivalent(Sidecar with { Year = null }, SeriesSidecar.Read(_folder), strict: true);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Who_claims_a_folder_leaves_what_is_said_of_its_files()
    {
        var file = new SidecarFile { Path = "S01E01.mp4", Season = 1, Episodes = [1], Language = "de-dub", SizeBytes = 5, Hash = new string('a', 64) };
        (Sidecar with { Files = [file] }).Write(_folder);

        (Sidecar with { Name = "Neu" }).Claim(_folder);

        Assert.Equivalent(Sidecar with { Name = "Neu", Files = [file] }, SeriesSidecar.Read(_folder), strict: true);
    }

    [Fact]
    public void The_same_content_is_not_written_again()
    {
        Sidecar.Write(_folder);
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UnixEpoch);

        Sidecar.Write(_folder);

        Assert.Equal(DateTime.UnixEpoch, System.IO.File.GetLastWriteTimeUtc(File));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"key\":null,\"name\":null,\"link\":null,\"provider\":null}")]
    [InlineData("{\"key\":\"../x\",\"name\":\"x\",\"link\":\"https://h/\",\"provider\":\"p\"}")]
    [InlineData("{\"key\":\"x\\n\",\"name\":\"x\",\"link\":\"https://h/\",\"provider\":\"p\"}")]
    [InlineData("{\"key\":\"x\",\"name\":\"x\",\"link\":\"file:///etc/passwd\",\"provider\":\"p\"}")]
    [InlineData("{\"key\":\"x\",\"name\":\"x\",\"link\":\"/etc/passwd\",\"provider\":\"p\"}")]
    [InlineData("{\"key\":\"x\",\"name\":\"\\u202e\",\"link\":\"https://h/\",\"provider\":\"p\"}")]
    [InlineData("{\"key\":\"x\",\"name\":\"x\",\"link\":\"https://h/\",\"provider\":\"p\",\"year\":99999999999}")]
    public void One_that_cannot_be_trusted_counts_as_none(string content)
    {
        System.IO.File.WriteAllText(File, content);

        Assert.Null(SeriesSidecar.Read(_folder));
    }

    [Fact]
    public void One_that_is_too_large_or_a_link_counts_as_none()
    {
        System.IO.File.WriteAllText(File, new string(' ', (4 << 20) + 1));
        Assert.Null(SeriesSidecar.Read(_folder));

        System.IO.File.Delete(File);
        System.IO.File.CreateSymbolicLink(File, "/dev/zero");
        Assert.Null(SeriesSidecar.Read(_folder));
    }

    [Fact]
    public void A_link_is_replaced_and_not_written_through()
    {
        var victim = Path.Join(_folder, "victim");
        System.IO.File.WriteAllText(victim, "kept");
        System.IO.File.CreateSymbolicLink(File, victim);

        Sidecar.Write(_folder);

        Assert.Equal("kept", System.IO.File.ReadAllText(victim));
        Assert.Equivalent(Sidecar, SeriesSidecar.Read(_folder), strict: true);
    }
}
