using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Services.Faults;

namespace AniWorld.Services;

/// <summary>A sentence as a row of the database keeps it, so that whoever reads it later does so in a language of his own.</summary>
/// <remarks>A JSON object with the sentence's <c>name</c> and its <c>values</c>: numbers, texts, sentences, moments (<c>at</c>) and failures (<c>fault</c>).</remarks>
public static class StoredSentence
{
    public static string Write(Sentence sentence) => Form(sentence).ToJsonString();

    /// <param name="stored">What <see cref="Write"/> gave; any other text is itself the sentence.</param>
    public static Sentence Read(string stored) => TryRead(stored) ?? Sentence.Plain(stored);

    /// <returns><see langword="null"/> for any other text, and for a sentence that this version does not know.</returns>
    internal static Sentence? TryRead(string stored)
    {
        try
        {
            return stored.StartsWith('{') && Value(JsonNode.Parse(stored)) is Sentence { IsKnown: true } sentence ? sentence : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static JsonObject Form(Sentence sentence) =>
        new() { ["name"] = sentence.Name, ["values"] = new JsonArray([.. sentence.Values.Select(Form)]) };

    private static JsonNode? Form(object? value) => value switch
    {
        null => null,
        Sentence inner => Form(inner),
        int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double number => number,
        DateTimeOffset at => new JsonObject { ["at"] = at },
        FaultException fault => new JsonObject { ["fault"] = fault.Code, ["text"] = fault.Message },
        Exception failure => failure.Message,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static object? Value(JsonNode? form) => form switch
    {
        null => null,
        JsonObject when form["name"] is { } name => new Sentence(name.GetValue<string>(), [.. form["values"]!.AsArray().Select(Value)]),
        JsonObject when form["at"] is { } at => at.GetValue<DateTimeOffset>(),
        JsonObject when form["fault"] is { } code => new FaultException(code.GetValue<string>(), FaultSentences.Read(form["text"]!.GetValue<string>())),
        JsonValue value when value.TryGetValue<long>(out var whole) => whole,
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        _ => form.GetValue<string>(),
    };
}
