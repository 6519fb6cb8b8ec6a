using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Policy;
using Microsoft.Net.Http.Headers;

namespace AniWorld.Blazor.Policy;

/// <summary>What an episode's decision says, in the reader's language: English, or German.</summary>
/// <remarks>The texts are in <c>DecisionSentences.resx</c>, one per code; <c>{name}</c> in them is an argument of that name, <c>{until}</c> the date.</remarks>
internal static partial class DecisionSentence
{
    private static readonly ResourceManager Texts = new(typeof(DecisionSentence).FullName + "s", typeof(DecisionSentence).Assembly);
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    /// <summary>Arguments that are dates.</summary>
    private static readonly HashSet<string> Dates = ["since", "date"];

    /// <summary>The argument that is a failure as it was stored.</summary>
    private const string Error = "error";

    /// <summary>The language of the pages.</summary>
    public static CultureInfo OfPages => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == German.Name ? German : English;

    /// <summary>The language that a request's <c>Accept-Language</c> asks for most; English when it names neither.</summary>
    public static CultureInfo CultureOf(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? HeaderQuality.Match)
            .Select(language => language.Value.Value?.Split('-')[0].ToLowerInvariant() switch { "de" => German, "en" => English, _ => null })
            .OfType<CultureInfo>()
            .FirstOrDefault(English);

    /// <param name="culture"><see langword="null"/> for the language of the pages.</param>
    public static string Of(Decision decision, CultureInfo? culture = null)
    {
        var reader = culture ?? OfPages;
        var text = Texts.GetString(decision.Code, reader)
            ?? throw new MissingManifestResourceException($"No sentence is written for the decision '{decision.Code}'.");
        return Place().Replace(text, place => Value(decision, place.Groups[1].Value, reader) is not { } value ? place.Value
            : culture is null && place.Groups[1].Value == Error ? FaultTexts.Of(value) : value);
    }

    private static string? Value(Decision decision, string name, CultureInfo reader)
    {
        if (name == "until")
        {
            return decision.Until is { } until ? Day(DateOnly.FromDateTime(until.UtcDateTime), withYear: false, reader) : null;
        }

        var value = decision.Arguments.FirstOrDefault(argument => argument.Name == name).Value;
        return Dates.Contains(name) && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Day(day, withYear: decision.Until?.Year != day.Year, reader)
            : value;
    }

    private static string Day(DateOnly day, bool withYear, CultureInfo reader) =>
        day.ToString((reader.Name == German.Name ? "d. MMMM" : "d MMM") + (withYear ? " yyyy" : ""), reader);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}
