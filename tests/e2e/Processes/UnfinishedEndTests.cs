using System.Text.Json;
using AniWorld.SampleSite;

namespace AniWorld.E2E.Processes;

/// <summary>A server that was killed when all bytes were there and the end was not noted yet.</summary>
[Trait("Kind", "kill")]
public sealed class UnfinishedEndTests
{
    private const long Size = 64L << 20;

    /// <summary>What the buffers between both ends may hold of the one look at the link; a second download would be all of it.</summary>
    private const long Looked = 32L << 20;

    /// <remarks>Too short to hit with a signal, so the traces of such a kill are made by hand.</remarks>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kill_after_the_last_byte_ends_with_one_file_and_no_second_download(bool renamed)
    {
        await using var server = await ReadyServer.StartAsync(new SampleSiteOptions { PadTo = Size });
        await server.AddAsync("kurz-und-knapp");
        var id = (await server.EnqueueAsync("kurz-und-knapp", "normal", 1, 1)).Single();
        await server.WaitForStatusAsync(id, "completed");
        Assert.Equal(0, await server.Process.TerminateAsync());
        var file = Assert.Single(LibraryFiles.Videos(server.Process.Library));
        Unfinish(server.Process, file);
        if (!renamed)
        {
            await UnrenameAsync(file);
        }

        var seen = server.LastRequest;
        await server.Process.StartAgainAsync();
        await server.WaitForStatusAsync(id, "completed");

        Assert.Equal([file], LibraryFiles.Videos(server.Process.Library));
        Assert.Empty(LibraryFiles.Partials(server.Process.Library));
        Assert.Equal(server.Site.ClipOf("kurz-und-knapp", 1, 1, "Rangeo").Sha256, await LibraryFiles.Sha256Async(file));
        Assert.Equal(1, (await server.GetAsync("/api/anime/kurz-und-knapp")).GetProperty("downloaded_count").GetInt32());
        Assert.InRange(server.MediaRequests(seen).Sum(request => request.BytesSent), 0, Looked);
    }

    private static void Unfinish(ServerProcess server, string file)
    {
        DatabaseFile.Ask(
            server.Data,
            "UPDATE Downloads SET Status = 'Downloading', LeaseOwner = 'killed', LeaseUntil = $until, CompletedAt = NULL, Percent = 99, FilePath = $path",
            ("$until", DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds()),
            ("$path", Path.ChangeExtension(Path.GetRelativePath(server.Library, file), null)));
        DatabaseFile.Ask(server.Data, "DELETE FROM EpisodeFiles");
    }

    private static async Task UnrenameAsync(string file)
    {
        var target = Path.ChangeExtension(file, null);
        File.Move(file, target + ".part");
        await File.WriteAllTextAsync(
            target + ".part.json", JsonSerializer.Serialize(new { version = 1, kind = "file", length = Size, done = new[] { new[] { 0, Size } } }));
    }
}
