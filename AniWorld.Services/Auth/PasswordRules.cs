namespace AniWorld.Services.Auth;

/// <summary>What a new master password must be: 8 to 128 characters of any kind, and not one that everybody uses.</summary>
public static class PasswordRules
{
    /// <summary>In characters as Unicode counts them (code points): an emoji is one, though it is two in UTF-16.</summary>
    public const int Shortest = 8;

    /// <summary>Counted like <see cref="Shortest"/>.</summary>
    public const int Longest = 128;

    /// <returns>What is wrong with it, as a sentence for the user; <see langword="null"/> when it will do.</returns>
    public static string? Objection(string password)
    {
        var length = password.EnumerateRunes().Count();
        if (length < Shortest)
        {
            return $"The password is too short; use at least {Shortest} characters.";
        }

        if (length > Longest)
        {
            return $"The password is too long; use at most {Longest} characters.";
        }

        return CommonPasswords.Contain(password)
            ? "This is one of the most common passwords and would be guessed at once; choose another."
            : null;
    }
}
