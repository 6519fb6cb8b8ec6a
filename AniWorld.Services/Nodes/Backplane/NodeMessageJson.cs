using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using AniWorld.Data.Library;

namespace AniWorld.Services.Nodes.Backplane;

/// <summary>Messages between nodes as bytes. Nodes of different versions may talk: what is not understood is none.</summary>
internal static class NodeMessageJson
{
    /// <summary>Longer than any message is; a longer one is neither sent nor read.</summary>
    public const int MostBytes = 256 << 10;

    private static readonly NodeMessageContext Context = new(new JsonSerializerOptions(NodeMessageContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <returns><see langword="null"/> when it would be too long.</returns>
    public static byte[]? Write(NodeMessage message)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, Context.NodeMessage);
        return json.Length <= MostBytes ? json : null;
    }

    /// <returns><see langword="null"/> for what is no message that this version knows.</returns>
    public static NodeMessage? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return json.Length <= MostBytes ? JsonSerializer.Deserialize(json, Context.NodeMessage) : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(LanguageJson), typeof(SentenceJson)])]
[JsonSerializable(typeof(NodeMessage))]
internal sealed partial class NodeMessageContext : JsonSerializerContext;

internal sealed class LanguageJson : JsonConverter<Language>
{
    public override Language Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Language.TryParse(reader.GetString(), out var language) ? language : throw new JsonException("This is no language.");

    public override void Write(Utf8JsonWriter writer, Language value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}
