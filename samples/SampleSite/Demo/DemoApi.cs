using System.Net.Http.Headers;
using System.Text.Json;

namespace AniWorld.SampleSite.Demo;

/// <summary>The few calls of AniWorld's API that fill the demo.</summary>
internal sealed class DemoApi(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    public Uri Address { get; } = address;

    /// <returns>The token of a session.</returns>
    public async Task<string> SetUpAsync(string password, CancellationToken cancellationToken)
    {
        await SendAsync("/api/auth/setup", new { master_password = password }, cancellationToken);
        var token = (await SendAsync("/api/auth/login", new { password }, cancellationToken)).GetProperty("access_token").GetString()!;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    /// <returns>The folder that the series was given.</returns>
    public async Task<string> AddAsync(Uri link, CancellationToken cancellationToken)
    {
        var series = await SendAsync("/api/anime/add", new { link }, cancellationToken);
        return series.GetProperty("folder").GetString()!;
    }

    public async Task ScanAsync(CancellationToken cancellationToken)
    {
        await SendAsync("/api/anime/rescan", new { }, cancellationToken);
        JsonElement scan;
        do
        {
            await Task.Delay(100, cancellationToken);
            scan = await _http.GetFromJsonAsync<JsonElement>("/api/anime/rescan", cancellationToken);
        }
        while (scan.GetProperty("state").GetString() == "running");
    }

    public Task FetchAsync(string key, IEnumerable<(int Season, int Number)> episodes, CancellationToken cancellationToken) => SendAsync(
        "/api/queue/add",
        new { serie_id = key, episodes = episodes.Select(e => new { season = e.Season, episode = e.Number }) },
        cancellationToken);

    /// <summary>Waits until nothing is being downloaded any more, or is about to be.</summary>
    /// <exception cref="DemoException">That takes far too long; the temporary folder's disk may be full.</exception>
    public async Task QueueEndsAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await OpenAsync(cancellationToken) > 0)
        {
            if (patience.IsCancellationRequested)
            {
                throw new DemoException("The demo's first downloads do not come to an end; is there room in the temporary folder?");
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<int> OpenAsync(CancellationToken cancellationToken)
    {
        var statistics = (await _http.GetFromJsonAsync<JsonElement>("/api/queue/status", cancellationToken)).GetProperty("statistics");
        return statistics.GetProperty("pending_count").GetInt32() + statistics.GetProperty("active_count").GetInt32();
    }

    private async Task<JsonElement> SendAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsJsonAsync(path, body, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new DemoException($"{path} answered {(int)answer.StatusCode}: {text}");
    }
}
