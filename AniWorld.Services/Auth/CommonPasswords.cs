using Zxcvbn.Matcher;

namespace AniWorld.Services.Auth;

/// <summary>The passwords that are tried first by whoever guesses, in zxcvbn's ranking of leaked ones.</summary>
internal static class CommonPasswords
{
    /// <summary>So many of the ranking are refused.</summary>
    private const int Refused = 3_000;

    private static readonly Lazy<DictionaryMatcher> Ranking = new(() => new DictionaryMatcher("passwords", "passwords.lst"));

    /// <remarks>Capitals do not help: <c>Password1</c> is as common as <c>password1</c>.</remarks>
    public static bool Contain(string password) => Ranking.Value.MatchPassword(password)
        .OfType<DictionaryMatch>()
        .Any(match => match.Token.Length == password.Length && match.Rank <= Refused);
}
