using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using AniWorld.Services.Progress;

namespace AniWorld.SocketBench;

/// <summary>The peer: an ASP.NET endpoint that keeps its sockets in a list and sends the same bytes to each. No rooms, limits or memory.</summary>
internal static class BareServer
{
    public static async Task RunAsync()
    {
        var sockets = new ConcurrentDictionary<WebSocket, bool>();
        await using var app = Script.Builder().Build();
        app.UseWebSockets();
        app.Map("/ws/connect", (HttpContext context) => KeepAsync(context, sockets));
        await Script.RunAsync(app, step => step % Script.StepsPerTick == 0 ? BroadcastAsync(sockets, Messages(step)) : Task.CompletedTask, () => Task.FromResult("closed"));
    }

    private static async Task KeepAsync(HttpContext context, ConcurrentDictionary<WebSocket, bool> sockets)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        sockets[socket] = true;
        try
        {
            var buffer = new byte[512];
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType is not WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
        }
        finally
        {
            sockets.TryRemove(socket, out _);
        }
    }

    private static async Task BroadcastAsync(ConcurrentDictionary<WebSocket, bool> sockets, IReadOnlyList<byte[]> messages)
    {
        foreach (var message in messages)
        {
            await Task.WhenAll(sockets.Keys.Select(async socket =>
            {
                try
                {
                    await socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
                }
                catch (WebSocketException)
                {
                }
            }));
        }
    }

    private static List<byte[]> Messages(int step)
    {
        var messages = Enumerable.Range(0, Script.Downloads).Select(_ => Message("download_progress", """
            {"download_id":"0f8fad5bd9cb469fa16570867728950e","key":"attack-on-titan","folder":"Attack on Titan (2013)","season":1,"episode":2,"percent":42,"speed_mbps":3,"eta_seconds":12}
            """)).ToList();
        if (step % Script.StepsPerEnd == 0)
        {
            messages.Insert(0, Message("download_complete", """
                {"download_id":"0f8fad5bd9cb469fa16570867728950e","key":"attack-on-titan","folder":"Attack on Titan (2013)","season":1,"episode":2,"percent":100,"speed_mbps":3,"eta_seconds":0,"file_path":"/library/e.mp4","size_mb":5,"language":"de-dub"}
                """));
            messages.Insert(1, Message("queue_status", """
                {"is_running":true,"is_paused":false,"statistics":{"total_items":10,"pending_count":3,"active_count":3,"completed_count":5,"failed_count":1,"total_downloaded_mb":7,"average_speed_mbps":1,"estimated_time_remaining_seconds":90,"free_disk_mb":1024}}
                """));
        }

        return messages;
    }

    private static byte[] Message(string type, string data) => Encoding.UTF8.GetBytes(
        $$"""{"type":"{{type}}","timestamp":"{{WireUnits.Timestamp(DateTimeOffset.UtcNow)}}","seq":1,"data":{{data}}}""");
}
