using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AniWorld.Blazor.CommandLine;

/// <summary>AniWorld's REST API, as commands use it.</summary>
internal sealed class ApiClient : IDisposable
{
    /// <summary>A newer server may say more than this program knows.</summary>
    public static readonly JsonSerializerOptions Tolerant =
        new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly HttpClient _http;

    public ApiClient(Uri address, string secret)
    {
        // The server's own address on this machine: no proxy is asked, and a certificate for a name says nothing about it.
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => address.IsLoopback || errors == default;
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = Patience };
        _http.DefaultRequestHeaders.Add("X-Api-Key", secret);
        if (CultureInfo.CurrentUICulture.Name is { Length: > 0 } language)
        {
            _http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        }
    }

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    public Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Post, path, body, cancellationToken);

    public Task<T> PutAsync<T>(string path, object body, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Put, path, body, cancellationToken);

    public Task<T> DeleteAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Delete, path, null, cancellationToken);

    public async Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        (await AskAsync(HttpMethod.Delete, path, null, cancellationToken)).Dispose();

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(method, path, body, cancellationToken);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return (await JsonSerializer.DeserializeAsync<T>(content, Tolerant, cancellationToken))!;
    }

    /// <exception cref="ApiRefusal">The server refused.</exception>
    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), options: ContractJson.Options);
        }

        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw await ApiRefusal.OfAsync(answer, cancellationToken);
        }
    }
}
