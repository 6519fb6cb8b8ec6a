namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>The attribute list of a tag (RFC 8216, 4.2): <c>NAME=value,NAME="va,lue"</c>.</summary>
internal sealed class HlsAttributes
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public HlsAttributes(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                return;
            }

            var name = text[at..equals].Trim();
            var quoted = equals + 1 < text.Length && text[equals + 1] == '"';
            var start = quoted ? equals + 2 : equals + 1;
            var end = text.IndexOf(quoted ? '"' : ',', start);
            end = end < 0 ? text.Length : end;
            _values[name] = quoted ? text[start..end] : text[start..end].Trim();
            var comma = quoted ? text.IndexOf(',', end) : end;
            at = comma < 0 ? text.Length : comma + 1;
        }
    }

    public string? this[string name] => _values.GetValueOrDefault(name);
}
