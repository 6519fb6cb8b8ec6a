using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace AniWorld.Blazor.Tests.Telemetry;

/// <summary>Spans, as a collector receives them over OTLP.</summary>
[Trait("Kind", "api")]
public sealed class TracingTests
{
    [Fact]
    public async Task Without_a_collector_there_are_no_spans()
    {
        await using var server = await AniWorldServer.StartAsync();

        Assert.Null(server.Services.GetService<TracerProvider>());
    }

    [Fact]
    public async Task A_collector_gets_requests_downloads_scans_and_look_ups_and_no_secret()
    {
        var received = new MemoryStream();
        await using var collector = await CollectAsync(received);
        await using var server = await AniWorldServer.StartReadyAsync(
            null,
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.Single()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--hosters.order.0", "Rangeo");
        var token = server.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        await server.AddAsync("kurz-und-knapp");
        using var events = await server.ListenAsync("downloads", "scan_progress");
        await server.EnqueueAsync("kurz-und-knapp", (1, 1));
        await events.NextAsync("download_complete");
        await server.PostAsync("/api/anime/rescan");
        await events.NextAsync("scan_complete");
        using (await server.Http.GetAsync($"/api/anime?all=true&token={token}"))
        {
        }

        string spans;
        do
        {
            // A span ends a moment after the event that the test saw.
            server.Services.GetRequiredService<TracerProvider>().ForceFlush(30_000);
            lock (received)
            {
                spans = Encoding.UTF8.GetString(received.ToArray());
            }

            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
        while (!(spans.Contains("GET /api/anime", StringComparison.Ordinal) && spans.Contains("scan", StringComparison.Ordinal)
            && spans.Contains("download", StringComparison.Ordinal)));

        Assert.Contains("POST /api/queue/add", spans, StringComparison.Ordinal);
        Assert.Contains("catalogue", spans, StringComparison.Ordinal);
        Assert.Contains("aniworld.hoster", spans, StringComparison.Ordinal);
        Assert.Contains("kurz-und-knapp", spans, StringComparison.Ordinal);
        Assert.DoesNotContain(token, spans, StringComparison.Ordinal);
        Assert.DoesNotContain(AniWorldServer.Password, spans, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Site.BaseAddress.Authority, spans, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> CollectAsync(MemoryStream received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            lock (received)
            {
                received.Write(body.ToArray());
            }
        });
        await app.StartAsync();
        return app;
    }
}
