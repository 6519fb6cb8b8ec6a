using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace AniWorld.Blazor.CommandLine;

/// <summary>Where a command prints: sentences and tables for people, lines for pipes, or JSON for programs.</summary>
internal sealed class CommandOutput(TextWriter output, bool json, bool isTerminal)
{
    private static readonly JsonSerializerOptions Plain = new(ContractJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Plain) { WriteIndented = true };

    public bool IsJson => json;

    /// <summary>Somebody looks at it: bars may move and questions be asked.</summary>
    public bool IsTerminal => isTerminal && !json;

    /// <summary>The answer, as JSON in one line or as <paramref name="people"/> are told it.</summary>
    public void Write<T>(T answer, Action people)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(answer, Plain));
        }
        else
        {
            people();
        }
    }

    /// <summary>A sentence for people; programs are told nothing.</summary>
    public void Say(string text)
    {
        if (!json)
        {
            output.WriteLine(Visible(text));
        }
    }

    /// <summary>A value that people read as JSON, too.</summary>
    public void Value(JsonElement value) => output.WriteLine(JsonSerializer.Serialize(value, json ? Plain : Indented));

    /// <summary>A table on a terminal; in a pipe a line for each row, its cells with tabs between them, without the titles.</summary>
    public void Table(string[] titles, IEnumerable<string[]> rows)
    {
        if (!isTerminal)
        {
            foreach (var row in rows)
            {
                output.WriteLine(string.Join('\t', row.Select(InOneLine)));
            }

            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns([.. titles.Select(title => new TableColumn(Markup.Escape(title)))]);
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(InOneLine(cell)))]);
        }

        AnsiConsole.Write(table);
    }

    private static string InOneLine(string cell) => Visible(cell).Replace('\n', ' ');

    /// <summary>Names come from web pages: what would steer a terminal is left out.</summary>
    private static string Visible(string text) => text.Any(c => char.IsControl(c) && c != '\n')
        ? string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? ' ' : c))
        : text;
}
