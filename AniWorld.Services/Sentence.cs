using System.Collections;
using System.Globalization;
using System.Resources;

namespace AniWorld.Services;

/// <summary>
/// What a person is told, by its name in <c>Sentences.resx</c> and what stands in it: the API and the log say it in English, a page in the
/// language of its reader.
/// </summary>
/// <param name="name">Of <c>Sentences.resx</c>.</param>
/// <param name="values">For the places <c>{0}</c>, <c>{1}</c> … of it; a sentence among them is said in the same language.</param>
public sealed class Sentence(string name, params IReadOnlyList<object?> values)
{
    private static readonly ResourceManager Texts = new("AniWorld.Services.Sentences", typeof(Sentence).Assembly);
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>What stands in <c>Sentences.resx</c>.</summary>
    internal static IEnumerable<(string Name, string English)> All =>
        Texts.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .Select(text => ((string)text.Key, (string)text.Value!));

    /// <summary>Whether it is of others' words: <see cref="Plain"/>.</summary>
    public bool IsPlain => name == "plain";

    internal string Name => name;

    internal IReadOnlyList<object?> Values => values;

    /// <summary>Whether there is a text of that name, and of those of the sentences in it.</summary>
    internal bool IsKnown => Texts.GetString(name, English) is not null && values.OfType<Sentence>().All(inner => inner.IsKnown);

    /// <summary>One that no page shows, or that others have made: the same to every reader.</summary>
    public static Sentence Plain(string text) => new Sentence("plain", text);

    public static Sentence Join(IEnumerable<Sentence> sentences) =>
        sentences.Aggregate((one, other) => new Sentence("pair", one, other));

    /// <param name="say">How values are said that are more than texts and numbers, such as failures and moments; what it gives back is put in their place.</param>
    public string In(CultureInfo reader, Func<object?, object?>? say = null)
    {
        var text = Texts.GetString(name, reader) ?? throw new MissingManifestResourceException($"No sentence is called '{name}'.");
        return string.Format(reader, text, [.. values.Select(Say)]);

        object? Say(object? value) => value is Sentence inner ? inner.In(reader, say)
            : (say?.Invoke(value) ?? value) is var said && said is DateTimeOffset at ? at.ToString("d MMM HH:mm", reader) : said;
    }

    /// <summary>In English.</summary>
    public override string ToString() => In(English, value => value is Exception failure ? failure.Message : value);
}
