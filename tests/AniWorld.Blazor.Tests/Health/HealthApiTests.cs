using System.Net;
using System.Text.Json;
using AniWorld.Services;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Health;

/// <summary>What anybody may ask: does it live, and can it do its work.</summary>
[Trait("Kind", "api")]
public sealed class HealthApiTests
{
    [Fact]
    public async Task It_lives_before_anybody_has_set_it_up_and_a_look_makes_no_folder()
    {
        await using var server = await AniWorldServer.StartAsync(null, "--anime_directory", "not-made-yet");

        Assert.Equal("healthy", (await server.GetAsync("/health")).GetProperty("status").GetString());
        var checks = (await WaitForAsync(server, "database", "ok")).GetProperty("checks");

        Assert.Equal("warning", checks.GetProperty("sources").GetProperty("state").GetString());
        Assert.False(Directory.Exists("not-made-yet"));
    }

    [Fact]
    public async Task A_server_that_can_work_says_so_of_each_check()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        using var stranger = new HttpClient { BaseAddress = server.Http.BaseAddress };
        await WaitForAsync(server, "worker", "ok");

        var report = await WaitForAsync(server, "sources", "ok");
        using var answer = await stranger.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ready", report.GetProperty("status").GetString());
        Assert.Equal(
            ["database", "disk", "library", "sources", "worker"],
            report.GetProperty("checks").EnumerateObject().Select(check => check.Name).Order());
        Assert.All(report.GetProperty("checks").EnumerateObject(), check =>
        {
            Assert.Equal("ok", check.Value.GetProperty("state").GetString());
            Assert.EndsWith(".", check.Value.GetProperty("message").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_library_that_cannot_be_written_makes_it_unready_and_no_path_is_named()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        Directory.Delete(server.Library, recursive: true);
        await File.WriteAllTextAsync(server.Library, "in the way", TestContext.Current.CancellationToken);

        var report = await WaitForAsync(server, "library", "failed");

        Assert.Equal("unready", report.GetProperty("status").GetString());
        Assert.DoesNotContain(server.Folder, report.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_whose_disk_is_gone_makes_it_unready()
    {
        await using var server = await AniWorldServer.StartReadyAsync(null, "--hosters.order.0", "Rangeo");
        await server.AddAsync("kurz-und-knapp");
        using var events = await server.ListenAsync("downloads");
        await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        await events.NextAsync("download_complete");
        Directory.Move(server.Library, server.Library + "-away");
        Directory.CreateDirectory(server.Library);

        var report = await WaitForAsync(server, "library", "failed");

        Assert.Contains("mounted", report.GetProperty("checks").GetProperty("library").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(server.Library));
    }

    [Fact]
    public async Task A_disk_with_less_room_than_is_to_stay_free_makes_it_unready()
    {
        const int Most = 1_048_576;
        await using var server = await AniWorldServer.StartReadyAsync();
        Assert.SkipWhen(new DriveInfo(server.Library).AvailableFreeSpace > (long)Most << 20, "This disk has more room than can be asked for.");

        await server.PutConfigAsync(new { downloads = new { min_free_mb = Most } });

        Assert.Equal("unready", (await WaitForAsync(server, "disk", "failed")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_source_that_fails_is_a_warning_that_does_not_name_it()
    {
        await using var server = await AniWorldServer.StartReadyAsync();
        var health = server.Services.GetRequiredService<SourceHealthService>();
        health.Failed(SourceKind.Site, "aniworld", new FaultException(FaultCode.Dns, Sentence.Plain("secret.example is not known.")));
        await health.FlushAsync(TestContext.Current.CancellationToken);

        var report = await WaitForAsync(server, "sources", "warning");

        Assert.DoesNotContain("secret.example", report.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("aniworld", report.GetRawText(), StringComparison.Ordinal);
        Assert.NotEqual("unready", report.GetProperty("status").GetString());
    }

    /// <summary>Looks again until a check is as expected; a report may be a second old.</summary>
    private static async Task<JsonElement> WaitForAsync(AniWorldServer server, string check, string state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            using var answer = await server.Http.GetAsync("/health/ready", patience.Token);
            var report = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(patience.Token));
            Assert.Equal(answer.StatusCode is HttpStatusCode.OK ? "ready" : "unready", report.GetProperty("status").GetString());
            if (report.GetProperty("checks").GetProperty(check).GetProperty("state").GetString() == state)
            {
                return report;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
