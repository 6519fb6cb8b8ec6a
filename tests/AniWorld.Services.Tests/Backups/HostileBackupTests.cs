using System.IO.Compression;
using System.Text;
using AniWorld.Services.Backups;

namespace AniWorld.Services.Tests.Backups;

/// <summary>Zips that are no backup, and such as mean harm: refused whole, nothing extracted, nothing changed.</summary>
public sealed class HostileBackupTests : IDisposable
{
    private const int UnixLink = 0xA000 << 16;
    private const int UnixDevice = 0x2000 << 16;

    private readonly BackupWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("../evil")]
    [InlineData("../../keys/jwt.key")]
    [InlineData("/etc/cron.d/evil")]
    [InlineData("C:\\evil")]
    [InlineData("..\\evil")]
    [InlineData("keys/jwt.key")]
    [InlineData("config.json/")]
    [InlineData("Config.json")]
    [InlineData("./config.json")]
    public Task A_file_that_does_not_belong_into_a_backup(string name) =>
        AssertRefusedAsync(_world.Zip("{}", null, zip => BackupWorld.Add(zip, name, [1])), "does not belong there");

    [Theory]
    [InlineData(UnixLink)]
    [InlineData(UnixDevice)]
    public Task A_link_or_a_device_in_place_of_a_file(int attributes) =>
        AssertRefusedAsync(_world.Zip("{}", null, zip => zip.GetEntry("config.json")!.ExternalAttributes = attributes), "a link, a device");

    [Fact]
    public Task The_same_file_twice() =>
        AssertRefusedAsync(_world.Zip("{}", null, zip => BackupWorld.Add(zip, "config.json", "[]"u8.ToArray())), "each file once");

    [Fact]
    public Task A_million_entries() => AssertRefusedAsync(Many(1_000_000), "more in it than a backup has");

    [Fact]
    public Task Some_kilobytes_that_become_a_gigabyte() => AssertRefusedAsync(Bomb(1L << 30), "more would come out");

    [Fact]
    public Task A_size_that_is_a_lie() => AssertRefusedAsync(
        BackupWorld.Zip(zip =>
        {
            BackupWorld.Add(zip, "manifest.json", BackupWorld.Manifest(new Dictionary<string, byte[]> { ["config"] = "{}"u8.ToArray() }));
            BackupWorld.Add(zip, "config.json", new byte[500_000]);
        }),
        "more in it than a backup has");

    [Fact]
    public Task What_was_changed_on_the_way() => AssertRefusedAsync(
        BackupWorld.Zip(zip =>
        {
            BackupWorld.Add(zip, "manifest.json", BackupWorld.Manifest(new Dictionary<string, byte[]> { ["config"] = "{}"u8.ToArray() }));
            BackupWorld.Add(zip, "config.json", "[]"u8.ToArray());
        }),
        "checksum");

    [Fact]
    public Task No_zip() => AssertRefusedAsync(Encoding.UTF8.GetBytes(new string('x', 10_000)), "no zip file");

    [Fact]
    public Task Nothing() => AssertRefusedAsync([], "no zip file");

    [Fact]
    public Task A_zip_that_was_cut() => AssertRefusedAsync(_world.Zip("{}", _world.Snapshot())[..^200], "no zip file");

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"format": 2, "version": "9", "created_at": "2026-01-01T00:00:00Z", "reason": "manual", "parts": {"config": {"size_bytes": 2, "sha256": ""}}}""")]
    [InlineData("""{"format": 1, "version": "1", "created_at": "2026-01-01T00:00:00Z", "reason": "manual", "parts": {}}""")]
    [InlineData("""{"format": 1, "version": "1", "created_at": "2026-01-01T00:00:00Z", "reason": "manual", "parts": null}""")]
    [InlineData("""{"format": 1, "version": "1", "created_at": "2026-01-01T00:00:00Z", "reason": "manual", "parts": {"config": null}}""")]
    [InlineData("""{"format": 1, "version": "1", "created_at": "2026-01-01T00:00:00Z", "reason": "manual", "parts": {"../keys": {"size_bytes": 2, "sha256": "x"}}}""")]
    public Task A_manifest_that_is_none(string manifest) => AssertRefusedAsync(
        BackupWorld.Zip(zip =>
        {
            BackupWorld.Add(zip, "manifest.json", Encoding.UTF8.GetBytes(manifest));
            BackupWorld.Add(zip, "config.json", "{}"u8.ToArray());
        }),
        "manifest");

    [Theory]
    [InlineData("{")]
    [InlineData("""{"nonsense": 1}""")]
    [InlineData("""{"tools": {"ffmpeg": "/tmp/evil"}}""")]
    public Task A_configuration_that_is_none(string config) => AssertRefusedAsync(_world.Zip(config, null), "config.json cannot be used");

    [Fact]
    public Task A_database_that_is_none() => AssertRefusedAsync(_world.Zip(null, Encoding.UTF8.GetBytes(new string('x', 50_000))), "database in it");

    [Fact]
    public Task A_database_that_is_damaged()
    {
        var damaged = _world.Snapshot();
        new Random(20261122).NextBytes(damaged.AsSpan(damaged.Length / 3, damaged.Length / 3));
        return AssertRefusedAsync(_world.Zip("{}", damaged), "database in it");
    }

    [Theory]
    [InlineData("DROP TABLE \"__EFMigrationsHistory\"", "not AniWorld's")]
    [InlineData("DROP TABLE Downloads", "")]
    [InlineData("ALTER TABLE Downloads RENAME COLUMN Hoster TO Other", "no column Hoster")]
    [InlineData("CREATE TRIGGER evil AFTER INSERT ON History BEGIN DELETE FROM Credentials; END", "views or triggers")]
    [InlineData("CREATE VIEW evil AS SELECT 1", "views or triggers")]
    [InlineData("INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_FromTheFuture', '99.0.0')", "newer AniWorld")]
    public Task A_database_of_another_schema(string change, string reason) => AssertRefusedAsync(_world.Zip("{}", _world.Snapshot(change)), reason);

    private async Task AssertRefusedAsync(byte[] zip, string reason)
    {
        _world.Remember("before");
        var before = _world.Everything();

        var result = await _world.Backups.AddAsync(new MemoryStream(zip), TestContext.Current.CancellationToken);

        Assert.Contains(reason, Assert.IsType<UploadResult.Invalid>(result).Reason, StringComparison.Ordinal);
        Assert.Equal(before, _world.Everything());
        Assert.Equal(["before"], _world.Remembered());
        Assert.Empty(_world.Backups.List());
    }

    /// <summary>Empty files, as many as wanted; written by hand, for the library would take a while.</summary>
    private static byte[] Many(int count)
    {
        using var stream = new MemoryStream();
        var name = "a"u8.ToArray();
        using var writer = new BinaryWriter(stream);
        writer.Write([0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
        writer.Write(name);
        var directory = stream.Position;
        byte[] entry = [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'a'];
        for (var i = 0; i < count; i++)
        {
            writer.Write(entry);
        }

        var (size, end) = (stream.Position - directory, stream.Position);
        writer.Write([0x50, 0x4B, 6, 6]);
        writer.Write(44L);
        writer.Write([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write((long)count);
        writer.Write((long)count);
        writer.Write(size);
        writer.Write(directory);
        writer.Write([0x50, 0x4B, 6, 7, 0, 0, 0, 0]);
        writer.Write(end);
        writer.Write(1);
        writer.Write([0x50, 0x4B, 5, 6, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0]);
        return stream.ToArray();
    }

    private static byte[] Bomb(long size)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            BackupWorld.Add(zip, "manifest.json", BackupWorld.Manifest(new Dictionary<string, byte[]> { ["database"] = [] }));
            using var zeros = zip.CreateEntry("aniworld.db", CompressionLevel.Optimal).Open();
            var block = new byte[1 << 20];
            for (var left = size; left > 0; left -= block.Length)
            {
                zeros.Write(block);
            }
        }

        return stream.ToArray();
    }
}
