using System.Net;
using System.Text;
using System.Text.Json;
using AniWorld.SampleSite.Faults;

namespace AniWorld.Services.Tests.SampleSite;

public sealed class ControlApiTests : SampleSiteTest
{
    private static readonly Uri Faults = new("/_control/faults", UriKind.Relative);

    private static readonly Uri Requests = new("/_control/requests", UriKind.Relative);

    [Fact]
    public async Task A_fault_can_be_set_seen_and_taken_back()
    {
        using var created = await PostAsync("""{"kind": "status", "hoster": "Rangeo", "status": 503, "retry_after": 7, "times": 2}""");
        using var met = await GetAsync(FileAt("Rangeo"));
        var left = JsonDocument.Parse(await Client.GetStringAsync(Faults, Cancellation)).RootElement[0].GetProperty("fault");
        using var deleted = await Client.DeleteAsync(created.Headers.Location, Cancellation);
        using var after = await GetAsync(FileAt("Rangeo"));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, met.StatusCode);
        Assert.Equal("status", left.GetProperty("kind").GetString());
        Assert.Equal(1, left.GetProperty("times").GetInt32());
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task All_faults_can_be_taken_back_at_once()
    {
        Site.Faults.Add(new Fault(FaultKind.Drop));
        Site.Faults.Add(new Fault(FaultKind.Status));

        using var deleted = await Client.DeleteAsync(Faults, Cancellation);

        Assert.Empty(Site.Faults.Active);
    }

    [Theory]
    [InlineData("""{"kind": "no_such_kind"}""")]
    [InlineData("""{"kind": "drop", "byts": 5}""")]
    [InlineData("""{"kind": "status", "status": 200}""")]
    [InlineData("""{"kind": "drop", "times": 0}""")]
    public async Task A_fault_that_makes_no_sense_is_refused(string json)
    {
        using var answer = await PostAsync(json);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Site.Faults.Active);
    }

    [Fact]
    public async Task The_log_tells_who_asked_for_what()
    {
        using var file = await GetAsync(FileAt("Rangeo"), "bytes=100-199");
        await file.Content.ReadAsByteArrayAsync(Cancellation);
        await Site.Requests.WaitForAsync(request => request.EndedAt is not null, Cancellation);

        var entry = Assert.Single(JsonDocument.Parse(await Client.GetStringAsync(Requests, Cancellation)).RootElement.EnumerateArray());

        Assert.Equal("/hoster/rangeo/kurz-und-knapp/1/1/de-dub/video.mp4", entry.GetProperty("path").GetString());
        Assert.Equal("bytes=100-199", entry.GetProperty("range").GetString());
        Assert.Equal(206, entry.GetProperty("status").GetInt32());
        Assert.Equal(100, entry.GetProperty("bytes_sent").GetInt64());
        using var deleted = await Client.DeleteAsync(Requests, Cancellation);
        Assert.Empty(Site.Requests.All);
    }

    [Fact]
    public async Task The_log_waits_for_a_request_that_is_still_to_come()
    {
        var awaited = Site.Requests.WaitForAsync(request => request.Path.StartsWith("/anime/", StringComparison.Ordinal), Cancellation);

        await PageAsync("/");
        Assert.False(awaited.IsCompleted);
        await PageAsync("/anime/stream/con");

        Assert.Equal("/anime/stream/con", (await awaited).Path);
    }

    private Task<HttpResponseMessage> PostAsync(string json) =>
        Client.PostAsync(Faults, new StringContent(json, Encoding.UTF8, "application/json"), Cancellation);
}
