using System.Text.Json;

namespace AniWorld.Services.Progress;

/// <summary>The server's answers on a socket. They are no events: their <c>seq</c> is 0.</summary>
internal static class RoomMessages
{
    public static OutgoingMessage Connected(DateTimeOffset now, Guid connectionId) => new Answer("connected", now, json =>
    {
        json.WriteStartObject();
        json.WriteString("connection_id", connectionId.ToString("N"));
        json.WriteStartArray("rooms");
        foreach (var room in RoomNames.All)
        {
            json.WriteStringValue(room);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>
    /// <c>snapshot</c> is the data of the room's own message, for <c>download_progress</c> a list of them; null when there is nothing
    /// to tell.
    /// </summary>
    public static OutgoingMessage Joined(DateTimeOffset now, ProgressRooms room, ProgressSnapshot snapshot) =>
        new Answer("joined", now, json =>
        {
            json.WriteStartObject();
            json.WriteString("room", RoomNames.NameOf(room));
            json.WritePropertyName("snapshot");
            WriteSnapshot(json, room, snapshot);
            json.WriteNumber("seq", snapshot.Seq);
            json.WriteEndObject();
        });

    public static OutgoingMessage Left(DateTimeOffset now, ProgressRooms room) => new Answer("left", now, json =>
    {
        json.WriteStartObject();
        json.WriteString("room", RoomNames.NameOf(room));
        json.WriteEndObject();
    });

    public static OutgoingMessage Pong(DateTimeOffset now) => new Answer("pong", now, json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    public static OutgoingMessage Error(DateTimeOffset now, string code, string message) => new Answer("error", now, json =>
    {
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private static void WriteSnapshot(Utf8JsonWriter json, ProgressRooms room, ProgressSnapshot snapshot)
    {
        switch (room)
        {
            case ProgressRooms.DownloadProgress:
                json.WriteStartArray();
                foreach (var download in snapshot.Downloads)
                {
                    ProgressJson.WriteDownload(json, download);
                }

                json.WriteEndArray();
                break;
            case ProgressRooms.Downloads when snapshot.Queue is { } queue:
                ProgressJson.WriteQueue(json, queue);
                break;
            case ProgressRooms.ScanProgress when snapshot.Scan is { } scan:
                ProgressJson.WriteScan(json, scan);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private sealed class Answer(string type, DateTimeOffset now, Action<Utf8JsonWriter> writeData) : OutgoingMessage
    {
        private protected override byte[] Serialize() => ProgressJson.Write(type, now, 0, writeData);
    }
}
