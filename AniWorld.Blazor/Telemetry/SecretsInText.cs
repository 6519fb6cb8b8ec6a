using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace AniWorld.Blazor.Telemetry;

/// <summary>Takes secrets out of what a log line was given: whoever wrote the line, at whatever level, cannot let one slip in.</summary>
/// <remarks>Known by their places (<c>?token=</c>, <c>?ticket=</c>, <c>?key=</c>, <c>X-Api-Key</c>, cookies, who logs in within an address, the addresses of Telegram's bots and Discord's webhooks) and by their looks (a JWT, an API key).</remarks>
internal sealed partial class SecretsInText : ILogEventEnricher
{
    private const string Redacted = "********";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToList())
        {
            if (Clean(value) is { } cleaned)
            {
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, cleaned));
            }
        }
    }

    public static string Clean(string text) => Secret().Replace(text, Redacted);

    /// <returns><see langword="null"/> when nothing is to be changed.</returns>
    private static LogEventPropertyValue? Clean(LogEventPropertyValue value)
    {
        switch (value)
        {
            // Whatever else has text in it has been made a string by now.
            case ScalarValue { Value: string or Uri } scalar:
                var text = scalar.Value.ToString()!;
                return Secret().IsMatch(text) ? new ScalarValue(Clean(text)) : null;
            case SequenceValue sequence when sequence.Elements.Any(element => Clean(element) is not null):
                return new SequenceValue(sequence.Elements.Select(element => Clean(element) ?? element));
            case StructureValue structure when structure.Properties.Any(property => Clean(property.Value) is not null):
                return new StructureValue(
                    structure.Properties.Select(property => new LogEventProperty(property.Name, Clean(property.Value) ?? property.Value)),
                    structure.TypeTag);
            case DictionaryValue dictionary when dictionary.Elements.Values.Any(element => Clean(element) is not null):
                return new DictionaryValue(dictionary.Elements.Select(
                    element => KeyValuePair.Create(element.Key, Clean(element.Value) ?? element.Value)));
            default:
                return null;
        }
    }

    [GeneratedRegex(
        @"(?<=[?&](?:token|ticket|key|access_token|api_?key|password)=)[^&\s""#]+"
        + @"|(?<=\b(?:X-Api-Key|Authorization|Cookie|Set-Cookie)""?\s*[:=]\s*""?)[^\s""][^\r\n""]*"
        + @"|(?<=\b(?:X-Gotify-Key|X-Plex-Token)""?\s*[:=]\s*""?)[^\s""&]+"
        + @"|(?<=\b[a-z][a-z0-9+.-]{1,20}://)[^/\s@""']+(?=@)"
        + @"|(?<=/bot)[0-9]{5,}:[A-Za-z0-9_-]{20,}"
        + @"|(?<=/api/webhooks/[0-9]{5,}/)[A-Za-z0-9_-]+"
        + @"|\btk_[a-z0-9]{29}\b"
        + @"|\baw_[0-9a-f]{8}_[0-9a-f]+"
        + @"|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Secret();
}
