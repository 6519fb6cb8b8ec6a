using System.Net;
using System.Net.Http.Json;
using AniWorld.SampleSite;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Processes;

/// <summary>The disk with the data folder fills up: reads go on, writes are refused, and room heals it.</summary>
public sealed class FullDatabaseDiskTests
{
    private const string Series = "chronik-der-tausend-boten";

    [Fact]
    public async Task A_full_disk_refuses_writes_serves_reads_and_heals_without_a_restart()
    {
        using var disk = MemoryDisk.Mount("data", 16);
        await using var server = await ReadyServer.StartAsync(
            new SampleSiteOptions { PadTo = 4 << 20 },
            new ServerStart { Folder = disk.Folder, Arguments = ["--downloads.connections", "1", "--downloads.lease_seconds", "5"] });
        await server.AddAsync(Series);
        await server.AddAsync("kurz-und-knapp");
        var slow = server.Site.Faults.Add(new Fault(FaultKind.Throttle) { Hoster = "Rangeo", BytesPerSecond = 1 << 18 });
        var running = (await server.EnqueueAsync("kurz-und-knapp", "high", 1, 1)).Single();
        await server.WaitForBytesAsync(1);
        disk.Fill();

        var refused = await WriteUntilAsync(server, HttpStatusCode.InsufficientStorage);

        Assert.Contains("disk", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(500, (await server.GetAsync($"/api/anime/{Series}")).GetProperty("episode_count").GetInt32());
        Assert.NotEmpty(await server.ItemsAsync());
        using var configuration = await server.Http.PutAsJsonAsync(
            "/api/config", new { downloads = new { stall_seconds = 77 } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InsufficientStorage, configuration.StatusCode);
        Assert.NotEqual(77, (await server.GetAsync("/api/config")).GetProperty("downloads").GetProperty("stall_seconds").GetInt32());

        server.Site.Faults.Remove(slow);
        disk.Free();

        (await WriteUntilAsync(server, HttpStatusCode.Created)).Dispose();
        await server.PutConfigAsync(new { downloads = new { stall_seconds = 77 } });
        await ReadyServer.WaitAsync(
            async () =>
            {
                // Looks at the queue now, and not at the next half minute.
                await server.PostAsync("/api/queue/start");
                return (await server.ItemAsync(running)).GetProperty("status").GetString() == "completed";
            },
            () => server.Process.Output);
        Assert.Equal(0, await server.Process.TerminateAsync());
        Assert.Equal(["ok"], DatabaseFile.Ask(server.Process.Data, "PRAGMA integrity_check"));
    }

    /// <summary>Queues one episode after another. Nothing but success and 507 is allowed on the way.</summary>
    private static async Task<HttpResponseMessage> WriteUntilAsync(ReadyServer server, HttpStatusCode wanted)
    {
        for (var episode = 1; episode <= 400; episode++)
        {
            var answer = await server.Http.PostAsJsonAsync(
                "/api/queue/add",
                new { serie_id = Series, priority = "low", language = "de-sub", episodes = new[] { new { season = 1, episode } } });
            if (answer.StatusCode == wanted)
            {
                return answer;
            }

            Assert.True(
                answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.InsufficientStorage,
                $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}\n{server.Process.Output}");
            answer.Dispose();
        }

        throw new InvalidOperationException($"400 writes, and none was answered with {wanted}.");
    }
}
