using System.Text.Json;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;

namespace AniWorld.Services.Notifications.Services;

/// <summary>Lets Kodi look for new files (https://kodi.wiki/view/JSON-RPC_API, <c>VideoLibrary.Scan</c>).</summary>
internal sealed class KodiNotifier(OwnedTargetClient client) : INotifier
{
    public NotificationType Type => NotificationType.Kodi;

    public async Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken)
    {
        using var request = NotifierRequest.Post(
            NotifierRequest.Below(target.Url!, "/jsonrpc"), new { jsonrpc = "2.0", id = 1, method = "VideoLibrary.Scan" });
        if (!string.IsNullOrEmpty(target.User))
        {
            request.Headers.Authorization = NotifierRequest.Basic(target.User, target.Password);
        }

        // It says no with status 200.
        var answer = await client.SendAsync(request, cancellationToken);
        if (!IsOk(answer))
        {
            throw new FaultException(
                FaultCode.ProtocolError, new Sentence("fault_kodi", request.RequestUri!.Authority));
        }
    }

    private static bool IsOk(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("result", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
