using System.Security.Cryptography;
using System.Text;
using BCrypt.Net;

namespace AniWorld.Services.Auth;

/// <summary>A password's hash as it is stored: it says itself how it was made.</summary>
/// <remarks>
/// bcrypt ignores what follows byte 72, so ours is made over the base64 of the password's SHA-384 (64 bytes, no NUL among them)
/// and begins with <c>sha384$</c>. An import brings plain bcrypt hashes along (<c>$2a$</c>, <c>$2b$</c>, <c>$2y$</c>).
/// </remarks>
internal static class PasswordHash
{
    private const string Digested = "sha384$";

    public static string Of(string password, int cost) => Digested + BCrypt.Net.BCrypt.HashPassword(Digest(password), cost);

    /// <summary>A hash that no password has, for as much work as with a real one.</summary>
    public static string Decoy(int cost) => $"{Digested}$2a${cost:00}${new string('.', 53)}";

    public static bool IsPlain(string hash) => !hash.StartsWith(Digested, StringComparison.Ordinal);

    public static bool Matches(string password, string hash)
    {
        try
        {
            return IsPlain(hash)
                ? BCrypt.Net.BCrypt.Verify(password, hash)
                : BCrypt.Net.BCrypt.Verify(Digest(password), hash[Digested.Length..]);
        }
        catch (Exception e) when (e is SaltParseException or ArgumentException)
        {
            return false;
        }
    }

    private static string Digest(string password) => Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(password)));
}
