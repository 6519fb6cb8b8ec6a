using System.Text;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Tests.Configuration;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-atomic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_link_in_place_of_the_file_is_replaced_and_not_written_through()
    {
        var other = Path.Combine(_folder, "other");
        var path = Path.Combine(_folder, "file");
        File.WriteAllText(other, "untouched");
        File.CreateSymbolicLink(path, other);
        File.CreateSymbolicLink(path + ".tmp", other);

        AtomicFile.Write(path, "new"u8);

        Assert.Equal("untouched", File.ReadAllText(other));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Null(new FileInfo(path).LinkTarget);
    }

    [Fact]
    public async Task Whoever_reads_meanwhile_sees_one_content_or_the_other()
    {
        var path = Path.Combine(_folder, "file");
        var contents = new[] { new string('a', 5_000), new string('b', 50_000) };
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(contents[0]));

        var writing = Task.Run(() => Array.ForEach([.. Enumerable.Range(0, 50)], (int i) => AtomicFile.Write(path, Encoding.UTF8.GetBytes(contents[i % 2]))));
        while (!writing.IsCompleted)
        {
            Assert.Contains(File.ReadAllText(path), contents);
        }

        await writing;
    }
}
