using System.Globalization;
using AniWorld.Services.Faults;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Layout;

/// <summary>Failures in the reader's language, from <c>FaultTexts.resx</c>: what their code means, then the sentence as it was stored.</summary>
/// <remarks>Sentences are stored in English, with addresses and numbers in them; in English they need nothing before them.</remarks>
internal static class FaultTexts
{
    private static readonly Texts All = new(typeof(FaultTexts));

    public static string Of(FaultException fault) => Of(fault.Code, fault.Message);

    /// <param name="stored">As <see cref="FaultException.Text"/>: <c>code: sentence</c>.</param>
    public static string Of(string stored) => stored.Split(": ", 2) is [var code, var sentence] ? Of(code, sentence) : stored;

    /// <summary>Good news may go by the code of the failure that is over.</summary>
    public static string Of(SystemNotice notice) => Of(notice.Level == "info" && notice.Code != "profile_changed" ? "back" : notice.Code, notice.Message);

    public static string Of(string code, string sentence) =>
        ReaderLanguage.Current != "de" || Meaning(code) is not { } meaning ? sentence : All.Of("Detail", meaning, sentence);

    private static string? Meaning(string code) => All.Find(code)
        ?? (code.StartsWith("http_", StringComparison.Ordinal) ? string.Format(CultureInfo.CurrentCulture, All.Of("http"), code["http_".Length..]) : null);
}
