using System.Security.Cryptography;
using System.Text;

namespace AniWorld.Services.Auth;

/// <summary>
/// Proves on first set-up that the caller sees this server's console. A new one with each start, of no more use once a password is set.
/// </summary>
public sealed class SetupCode
{
    // Without letters and digits that look alike.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

    /// <summary>As printed: three groups of four.</summary>
    public string Text { get; } = string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));

    /// <summary>Hyphens, blanks and case do not matter.</summary>
    public bool Matches(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Bytes(given), Bytes(Text));

    private static byte[] Bytes(string code) => SHA256.HashData(
        Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()));
}
