using System.Text.Json;

namespace AniWorld.Services.Progress;

/// <summary>What a client says on a socket.</summary>
internal abstract record SocketRequest
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    private SocketRequest()
    {
    }

    /// <param name="Since">The last event that the client knows of; <see langword="null"/> when it asks for nothing missed.</param>
    public sealed record Join(ProgressRooms Room, long? Since) : SocketRequest;

    public sealed record Leave(ProgressRooms Room) : SocketRequest;

    public sealed record Ping : SocketRequest;

    /// <summary>Nothing that can be done; the client is told why and the connection lives on.</summary>
    public sealed record Bad(string Code, string Message) : SocketRequest;

    /// <summary>Reads a message; the members of <c>join</c> and <c>leave</c> stand at its top or below <c>data</c>.</summary>
    public static SocketRequest Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : new Bad("bad_message", "Send a JSON object with an action: join, leave or ping.");
        }
        catch (JsonException)
        {
            return new Bad("bad_json", "The message is not JSON.");
        }
        catch (InvalidOperationException)
        {
            // A string whose escapes make no valid text, such as half a surrogate pair.
            return new Bad("bad_json", "The message holds text that is not valid Unicode.");
        }
    }

    private static SocketRequest Read(JsonElement root)
    {
        var action = Text(root, "action");
        if (action == "ping")
        {
            return new Ping();
        }

        if (action is not ("join" or "leave"))
        {
            return new Bad("unknown_action", "The action must be join, leave or ping.");
        }

        var arguments = root.TryGetProperty("room", out _) || !root.TryGetProperty("data", out var data)
            || data.ValueKind != JsonValueKind.Object ? root : data;
        var room = RoomNames.Find(Text(arguments, "room"));
        if (room == ProgressRooms.None)
        {
            return new Bad("unknown_room", $"There is no such room; there are {string.Join(", ", RoomNames.All)}.");
        }

        return action == "leave" ? new Leave(room) : ReadJoin(root, arguments, room);
    }

    private static SocketRequest ReadJoin(JsonElement root, JsonElement arguments, ProgressRooms room)
    {
        if (!(arguments.TryGetProperty("since", out var since) || root.TryGetProperty("since", out since))
            || since.ValueKind == JsonValueKind.Null)
        {
            return new Join(room, null);
        }

        return since.ValueKind == JsonValueKind.Number && since.TryGetInt64(out var seq)
            ? new Join(room, seq)
            : new Bad("bad_message", "since must be the seq of an event, a whole number.");
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
