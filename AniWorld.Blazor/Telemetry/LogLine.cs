using System.Globalization;
using System.Text;
using System.Text.Json;
using Serilog.Events;
using Serilog.Parsing;

namespace AniWorld.Blazor.Telemetry;

/// <summary>A line of the log as a person reads it.</summary>
/// <param name="Place">Where it stands, to tell it from others.</param>
/// <param name="Source">The type that wrote it, in full; empty when it does not say.</param>
/// <param name="Details">The exception with its stack; <see langword="null"/> when there was none.</param>
/// <param name="Trace">The request's id, as a refusal names it.</param>
public sealed record LogLine(
    LogPlace Place, DateTimeOffset At, LogEventLevel Level, string Source, string Message, string? Details, string? Trace)
{
    private static readonly MessageTemplateParser Templates = new();

    /// <param name="json">As Serilog's compact formatter writes it.</param>
    /// <returns><see langword="null"/> for what is no such line.</returns>
    internal static LogLine? Parse(string json, LogPlace place)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var line = document.RootElement;
            if (line.ValueKind is not JsonValueKind.Object || Text(line, "@t") is not { } time
                || !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return null;
            }

            return new LogLine(
                place,
                at,
                Enum.TryParse<LogEventLevel>(Text(line, "@l"), out var level) ? level : LogEventLevel.Information,
                Text(line, "SourceContext") ?? "",
                SecretsInText.Clean(MessageOf(line)),
                Text(line, "@x") is { } exception ? SecretsInText.Clean(exception) : null,
                Text(line, "@tr"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string MessageOf(JsonElement line)
    {
        if (Text(line, "@mt") is not { } template)
        {
            return Text(line, "@m") ?? "";
        }

        // What has a format was written out where the format could be used.
        var written = line.TryGetProperty("@r", out var all) && all.ValueKind is JsonValueKind.Array ? all.EnumerateArray().GetEnumerator() : default;
        var message = new StringBuilder();
        foreach (var token in Templates.Parse(template).Tokens)
        {
            message.Append(token switch
            {
                PropertyToken { Format: not null } when written.MoveNext() => written.Current.GetString(),
                PropertyToken property when line.TryGetProperty(Escaped(property.PropertyName), out var value) => Plain(value),
                _ => token.ToString(),
            });
        }

        return message.ToString();
    }

    /// <summary>A text without quotes, anything else as JSON.</summary>
    private static string Plain(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>The formatter doubles the sign that its own members begin with.</summary>
    private static string Escaped(string name) => name.StartsWith('@') ? "@" + name : name;

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A place between two lines.</summary>
/// <param name="Offset">In bytes from the file's beginning.</param>
public sealed record LogPlace(string File, long Offset);
