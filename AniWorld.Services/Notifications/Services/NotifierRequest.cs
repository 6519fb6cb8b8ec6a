using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AniWorld.Services.Notifications.Services;

/// <summary>Requests as the services want them.</summary>
internal static class NotifierRequest
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(object body) => JsonSerializer.Serialize(body, Plain);

    public static HttpRequestMessage Post(Uri address, object body) => Post(address, Json(body));

    public static HttpRequestMessage Post(Uri address, string json) => new(HttpMethod.Post, address)
    {
        Content = new StringContent(json, new MediaTypeHeaderValue("application/json")),
    };

    /// <summary>A path below the address that was configured, which may have a path of its own.</summary>
    public static Uri Below(string url, string path) => new(url.TrimEnd('/') + path);

    public static AuthenticationHeaderValue Basic(string? user, string? password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
