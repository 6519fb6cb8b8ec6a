using System.Text.RegularExpressions;

namespace AniWorld.Services.Faults;

/// <summary>Knows again what was stored or sent in English about a failure, so that a page can say it in the language of its reader.</summary>
/// <remarks>
/// Such a text may hold anything. It is compared with those of <c>Sentences.resx</c> from left to right, a bounded number of times, and what
/// stands in its places becomes a value: it is never itself read as a text with places.
/// </remarks>
public static partial class FaultSentences
{
    /// <summary>In characters; longer texts stay as they are.</summary>
    private const int Longest = 8192;

    /// <summary>How often one text and the values in it are looked at: a hoster's failure in that of all hosters has four of them.</summary>
    private const int MostLooks = 200;

    /// <summary>Fewer characters than these of its own could be in any text.</summary>
    private const int Fewest = 8;

    private static readonly Lazy<IReadOnlyList<Form>> Forms = new(() =>
        [.. Sentence.All.Where(text => Groups().IsMatch(text.Name)).OrderBy(text => text.Name, StringComparer.Ordinal).Select(text => Form.Of(text.Name, text.English))]);

    /// <param name="english">As <see cref="Exception.Message"/> of a <see cref="FaultException"/>, or the message of a notice.</param>
    /// <returns><see langword="null"/> for what is none of AniWorld's own sentences.</returns>
    public static Sentence? Find(string english)
    {
        var looks = MostLooks;
        return english.Length <= Longest ? Find(english, ref looks)?.Sentence : null;
    }

    /// <summary>The same, where any other text is itself the sentence.</summary>
    public static Sentence Read(string english) => Find(english) ?? Sentence.Plain(english);

    /// <summary>Several may fit where one stands in another; the one that leaves the fewest words to others is meant, and of such the one that begins first.</summary>
    private static Found? Find(string text, ref int looks)
    {
        Found? best = null;
        if (looks-- <= 0)
        {
            return best;
        }

        foreach (var form in Forms.Value)
        {
            if (form.ValuesIn(text) is { } texts)
            {
                var own = form.Own;
                var values = new object?[texts.Length];
                for (var i = 0; i < texts.Length; i++)
                {
                    var inner = Find(texts[i], ref looks);
                    (values[i], own) = (inner?.Sentence ?? (object)texts[i], own + (inner?.Own ?? 0));
                }

                var found = new Found(new Sentence(form.Name, values), own, form.Words[0].Length > 0 ? 0 : texts[form.Places[0]].Length);
                best = own >= Fewest && (best is null || own > best.Own || (own == best.Own && found.Start < best.Start)) ? found : best;
            }
        }

        return best;
    }

    [GeneratedRegex("^(fault|notice|library|config|backup)_")]
    private static partial Regex Groups();

    [GeneratedRegex(@"\{(?<place>[0-9])(?::[^{}]*)?\}")]
    private static partial Regex Place();

    /// <param name="Own">How many characters are AniWorld's own.</param>
    /// <param name="Start">Where the first of them is.</param>
    private sealed record Found(Sentence Sentence, int Own, int Start);

    /// <param name="Words">What stands before, between and behind the places.</param>
    /// <param name="Places">Their numbers, in the order of the text.</param>
    private sealed record Form(string Name, IReadOnlyList<string> Words, IReadOnlyList<int> Places)
    {
        public int Own { get; } = Words.Sum(words => words.Length);

        public static Form Of(string name, string text)
        {
            var places = Place().Matches(text);
            var starts = places.Select(place => place.Index + place.Length).Prepend(0);
            var ends = places.Select(place => place.Index).Append(text.Length);
            return new(name, [.. starts.Zip(ends, (start, end) => text[start..end])], [.. places.Select(place => place.Groups["place"].ValueSpan[0] - '0')]);
        }

        /// <returns><see langword="null"/> when the text has another form.</returns>
        public string[]? ValuesIn(string text)
        {
            if (!text.StartsWith(Words[0], StringComparison.Ordinal) || !text.EndsWith(Words[^1], StringComparison.Ordinal))
            {
                return null;
            }

            var values = new string?[Places.Count == 0 ? 0 : Places.Max() + 1];
            var at = Words[0].Length;
            for (var i = 0; i < Places.Count; i++)
            {
                var words = Words[i + 1];
                var end = i == Places.Count - 1 ? text.Length - words.Length : text.IndexOf(words, at, StringComparison.Ordinal);
                if (end < at || (values[Places[i]] is { } known && known != text[at..end]))
                {
                    return null;
                }

                (values[Places[i]], at) = (text[at..end], end + words.Length);
            }

            return at == text.Length ? [.. values.Select(value => value ?? "")] : null;
        }
    }
}
