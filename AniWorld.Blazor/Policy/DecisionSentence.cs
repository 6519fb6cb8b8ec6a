using System.Globalization;
using System.Resources;
using AniWorld.Services.Library;
using Microsoft.Net.Http.Headers;

namespace AniWorld.Blazor.Policy;

/// <summary>What an episode's decision says, in the reader's language: English, or German.</summary>
/// <remarks>The texts are in <c>DecisionSentences.resx</c>, one per code; <c>{name}</c> in them is an argument of that name.</remarks>
internal static class DecisionSentence
{
    private static readonly ResourceManager Texts = new(typeof(DecisionSentence).FullName + "s", typeof(DecisionSentence).Assembly);
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    /// <summary>The language that a request's <c>Accept-Language</c> asks for most; English when it names neither.</summary>
    public static CultureInfo CultureOf(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? HeaderQuality.Match)
            .Select(language => language.Value.Value?.Split('-')[0].ToLowerInvariant() switch { "de" => German, "en" => English, _ => null })
            .OfType<CultureInfo>()
            .FirstOrDefault(English);

    /// <param name="culture"><see langword="null"/> for English.</param>
    public static string Of(EpisodeDecision decision, CultureInfo? culture = null)
    {
        var text = Texts.GetString(decision.Code, culture ?? English)
            ?? throw new MissingManifestResourceException($"No sentence is written for the decision '{decision.Code}'.");
        return decision.Arguments.Aggregate(text, (sentence, argument) =>
            sentence.Replace($"{{{argument.Name}}}", argument.Value, StringComparison.Ordinal));
    }
}
