using AniWorld.Data.Auth;
using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Auth;

/// <summary>The key as a file, and as a row that several nodes share.</summary>
public sealed class SigningKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-keys-").FullName;

    private string Keys => Path.Join(_folder, "keys");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_has_256_random_bits_that_only_the_owner_reads()
    {
        var key = SigningKeyFile.ReadOrCreate(Keys);

        var file = Assert.Single(Directory.GetFiles(Keys));
        Assert.Equal(32, key.Length);
        Assert.Equal(File.ReadAllBytes(file), key);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Processes_that_start_together_agree_on_one_key()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Convert.ToHexString(SigningKeyFile.ReadOrCreate(Keys)))));

        Assert.Single(keys.Distinct());
    }

    [Fact]
    public void A_damaged_key_file_is_not_silently_replaced()
    {
        Directory.CreateDirectory(Keys);
        File.WriteAllBytes(SigningKeyFile.PathIn(Keys), [1, 2, 3]);

        var error = Assert.Throws<InvalidDataException>(() => SigningKeyFile.ReadOrCreate(Keys));

        Assert.Contains("Remove it", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, new FileInfo(SigningKeyFile.PathIn(Keys)).Length);
    }

    [Fact]
    [Trait("Database", "postgresql")]
    public async Task Nodes_that_start_together_agree_on_one_key_and_leave_no_file()
    {
        using var database = TestDatabase.OnServer();

        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(node => Task.Run(() => Convert.ToHexString(Node(database, node).Bytes))));

        await using var rows = database.CreateDbContext();
        var stored = await rows.Set<SharedKey>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Convert.ToHexString(stored.Bytes), Assert.Single(keys.Distinct()));
        Assert.Equal(SigningKey.Length, stored.Bytes.Length);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    [Trait("Database", "postgresql")]
    public async Task A_damaged_row_is_not_silently_replaced()
    {
        using var database = TestDatabase.OnServer();
        await using (var rows = database.CreateDbContext())
        {
            rows.Add(new SharedKey { Name = SharedKey.Signing, Bytes = [1, 2, 3] });
            await rows.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Throws<InvalidDataException>(() => Node(database, 0).Bytes);
    }

    private SigningKey Node(TestDatabase database, int number)
    {
        var folder = Path.Join(_folder, $"{number}");
        return new SigningKey(database.Place, new DataFolder(folder, folder), database);
    }
}
