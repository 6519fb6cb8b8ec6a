using System.Text.Json;
using System.Text.Json.Serialization;

namespace AniWorld.Services;

/// <summary>A sentence on its way to another node: as <see cref="StoredSentence"/>, and in English for one that does not know it.</summary>
internal sealed class SentenceJson : JsonConverter<Sentence>
{
    public override Sentence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } json
            || !json.TryGetProperty("stored", out var stored) || stored.ValueKind is not JsonValueKind.String
            || !json.TryGetProperty("english", out var english) || english.ValueKind is not JsonValueKind.String)
        {
            throw new JsonException("This is no sentence.");
        }

        return StoredSentence.TryRead(stored.GetString()!) ?? Sentence.Plain(english.GetString()!);
    }

    public override void Write(Utf8JsonWriter writer, Sentence value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("stored", StoredSentence.Write(value));
        writer.WriteString("english", value.ToString());
        writer.WriteEndObject();
    }
}
