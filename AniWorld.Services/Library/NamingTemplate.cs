using System.Text;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Library;

/// <summary>One naming template, taken apart: folders and a file, each of literal text and fields such as <c>{season:00}</c>.</summary>
internal sealed partial class NamingTemplate
{
    private const int LongestTemplate = 400;
    private const int MostParts = 6;

    private static readonly string[] Numbers = ["season", "episode"];
    private static readonly string[] Texts = ["name", "title", "language", "year"];

    private readonly List<List<Token>> _parts = [];
    private readonly List<Sentence> _problems = [];

    /// <summary>Reads any text; what is wrong with it is in <see cref="Problems"/>, and only a template without any may be rendered.</summary>
    public NamingTemplate(string template)
    {
        if (template.Length is 0 or > LongestTemplate)
        {
            _problems.Add(new Sentence("naming_length", LongestTemplate));
            return;
        }

        _parts.AddRange(template.Split('/').Select(Tokens));
        if (_parts.Count > MostParts)
        {
            _problems.Add(new Sentence("naming_parts", MostParts));
        }

        foreach (var (part, tokens) in template.Split('/').Zip(_parts))
        {
            CheckPart(part, tokens);
        }
    }

    public IReadOnlyList<Sentence> Problems => _problems;

    public int Parts => _parts.Count;

    public bool Has(string field) => _parts.Any(part => part.Any(token => token.Field == field));

    /// <summary>The parts with their fields filled in, each a safe name of at most <paramref name="maxBytes"/> bytes.</summary>
    /// <param name="values">By field. An empty one takes the brackets or the separator before it along.</param>
    public IEnumerable<string> Render(IReadOnlyDictionary<string, string> values, string fallback, int maxBytes) =>
        _parts.Select(part => RenderPart(part, new Dictionary<string, string>(values), fallback, maxBytes));

    private static string RenderPart(List<Token> part, Dictionary<string, string> values, string fallback, int maxBytes)
    {
        // Numbers and language are what a file is found by again; the texts give way, the title before the name.
        foreach (var field in (string[])["title", "name"])
        {
            var uses = part.Count(token => token.Field == field);
            var excess = Encoding.UTF8.GetByteCount(Join(part, values)) - maxBytes;
            if (uses > 0 && excess > 0)
            {
                var bytes = Encoding.UTF8.GetByteCount(values[field]) - ((excess + uses - 1) / uses);
                values[field] = SafeFileName.Cut(values[field], Math.Max(0, bytes));
            }
        }

        return SafeFileName.From(Join(part, values), fallback, maxBytes);
    }

    private static string Join(List<Token> part, Dictionary<string, string> values)
    {
        var texts = part.Select(token => token.Text(values)).ToList();
        for (var i = 0; i < part.Count; i++)
        {
            if (part[i].Field is not null && texts[i].Length == 0)
            {
                DropDecoration(texts, i);
            }
        }

        return string.Concat(texts);
    }

    /// <summary>Takes away what an empty field leaves behind: <c> ()</c> around it, or <c> - </c> before it.</summary>
    private static void DropDecoration(List<string> texts, int empty)
    {
        var before = empty > 0 ? texts[empty - 1] : "";
        var after = empty + 1 < texts.Count ? texts[empty + 1] : "";
        if (before.Length > 0 && after.Length > 0 && before[^1] is '(' or '[' or '{' && after.Length > 0 && after[0] is ')' or ']' or '}')
        {
            before = before[..^1];
            after = after[1..];
        }

        var kept = before.TrimEnd(' ', '-', '_', '.', '–');
        if (empty > 0)
        {
            texts[empty - 1] = kept;
        }

        if (empty + 1 < texts.Count)
        {
            texts[empty + 1] = kept.Length == 0 && (empty == 0 || texts.Take(empty).All(text => text.Length == 0))
                ? after.TrimStart(' ', '-', '_', '.', '–')
                : after;
        }
    }

    private List<Token> Tokens(string part)
    {
        var tokens = new List<Token>();
        var end = 0;
        foreach (Match match in FieldForm().Matches(part))
        {
            AddLiteral(tokens, part[end..match.Index]);
            tokens.Add(FieldOf(match.Groups["field"].Value, match.Groups["format"].Value));
            end = match.Index + match.Length;
        }

        AddLiteral(tokens, part[end..]);
        return tokens;
    }

    private void AddLiteral(List<Token> tokens, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (text.Contains('{') || text.Contains('}'))
        {
            _problems.Add(new Sentence("naming_brace", text));
        }

        tokens.Add(new Token(null, "", text));
    }

    private Token FieldOf(string field, string format)
    {
        if (!Numbers.Contains(field) && !Texts.Contains(field))
        {
            _problems.Add(new Sentence("naming_field", field));
        }
        else if (format.Length > 0 && (!Numbers.Contains(field) || format.Length > 5 || format.Any(c => c != '0')))
        {
            _problems.Add(new Sentence("naming_format", field, format));
        }

        return new Token(field, format, "");
    }

    private void CheckPart(string part, List<Token> tokens)
    {
        if (string.IsNullOrWhiteSpace(part) || part.All(c => c is '.' or ' '))
        {
            _problems.Add(new Sentence("naming_empty_part"));
            return;
        }

        if (part[0] is '.' or ' ' or '-')
        {
            _problems.Add(new Sentence("naming_begin", part));
        }

        var literal = string.Concat(tokens.Where(token => token.Field is null).Select(token => token.Literal));
        if (literal.IndexOfAny(['<', '>', ':', '"', '\\', '|', '?', '*']) >= 0 || literal.Any(char.IsControl))
        {
            _problems.Add(new Sentence("naming_characters", part));
        }

        if (Encoding.UTF8.GetByteCount(literal) > 100)
        {
            _problems.Add(new Sentence("naming_too_long", part));
        }
    }

    [GeneratedRegex(@"\{(?<field>[A-Za-z_]*)(:(?<format>[^{}/]*))?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex FieldForm();

    private readonly record struct Token(string? Field, string Format, string Literal)
    {
        public string Text(Dictionary<string, string> values)
        {
            if (Field is null)
            {
                return Literal;
            }

            var value = values[Field];
            return Format.Length > 0 ? value.PadLeft(Format.Length, '0') : value;
        }
    }
}
