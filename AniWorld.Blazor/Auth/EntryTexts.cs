using AniWorld.Blazor.Layout;
using AniWorld.Services.Auth;

namespace AniWorld.Blazor.Auth;

/// <summary>What the log-in and set-up forms say, from <c>EntryTexts.resx</c>, in the reader's language.</summary>
internal static class EntryTexts
{
    private static readonly Texts All = new(typeof(EntryTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    /// <summary>How long to wait, and why.</summary>
    public static string Wait(TimeSpan wait, bool refused) => Of(refused ? "WaitRefused" : "WaitRush", Span((int)Math.Ceiling(wait.TotalSeconds)));

    /// <summary>What is wrong with a new password; <see langword="null"/> when it will do.</summary>
    public static string? Objection(string password) => PasswordRules.Objection(password) is null ? null : password.EnumerateRunes().Count() switch
    {
        < PasswordRules.Shortest => Of("TooShort", PasswordRules.Shortest),
        > PasswordRules.Longest => Of("TooLong", PasswordRules.Longest),
        _ => Of("TooCommon"),
    };

    private static string Span(int seconds) => seconds < 90 ? All.Count("Second", Math.Max(1, seconds)) : All.Count("Minute", (seconds + 59) / 60);
}
