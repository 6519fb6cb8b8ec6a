using System.Net.Http.Headers;
using System.Text.Json;

namespace AniWorld.SampleSite.Demo;

/// <summary>The few calls of AniWorld's API that fill the demo.</summary>
internal sealed class DemoApi(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    public Uri Address { get; } = address;

    public async Task SetUpAsync(string password, CancellationToken cancellationToken)
    {
        await SendAsync("/api/auth/setup", new { master_password = password }, cancellationToken);
        var answer = await SendAsync("/api/auth/login", new { password }, cancellationToken);
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", answer.GetProperty("access_token").GetString());
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

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsJsonAsync(path, body, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new DemoException($"{path} answered {(int)answer.StatusCode}: {text}");
    }
}
