using System.Globalization;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Layout;

/// <summary>Failures in the reader's language, also such as were stored in English; see <see cref="FaultSentences"/>.</summary>
/// <remarks>Of a sentence that is not AniWorld's own, or of another version, there is what its code means (<c>FaultTexts.resx</c>), then its wording.</remarks>
internal static class FaultTexts
{
    private static readonly Texts All = new(typeof(FaultTexts));

    public static string Of(FaultException fault) => fault.Sentence.IsPlain ? Of(fault.Code, fault.Message) : Said.Of(fault.Sentence);

    /// <param name="stored">As <see cref="FaultException.Text"/>: <c>code: sentence</c>.</param>
    public static string Of(string stored) => stored.Split(": ", 2) is [var code, var sentence] ? Of(code, sentence) : stored;

    /// <summary>Good news may go by the code of the failure that is over.</summary>
    public static string Of(SystemNotice notice) => Of(notice.Level == "info" && notice.Code != "profile_changed" ? "back" : notice.Code, notice.Message);

    public static string Of(string code, string sentence) =>
        ReaderLanguage.Current != "de" ? sentence
        : FaultSentences.Find(sentence) is { } known ? Said.Of(known)
        : Meaning(code) is { } meaning ? All.Of("Detail", meaning, sentence)
        : sentence;

    private static string? Meaning(string code) => All.Find(code)
        ?? (code.StartsWith("http_", StringComparison.Ordinal) ? string.Format(CultureInfo.CurrentCulture, All.Of("http"), code["http_".Length..]) : null);
}
