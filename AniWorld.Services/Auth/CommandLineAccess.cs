using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Auth;

/// <summary>
/// Lets the commands in that run on this machine: a secret in <c>keys/cli.token</c>, readable by the owner of the data folder alone, and
/// beside it in <c>server.json</c> where the server listens. Whoever can read them can read the signing key and the database, too.
/// </summary>
/// <remarks>The secret is made anew at each start and kept in memory, so that what an ended server leaves behind opens nothing.</remarks>
public sealed class CommandLineAccess(DataFolder data)
{
    private readonly byte[] _secret = Encoding.ASCII.GetBytes($"aw_cli_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");

    /// <summary>What commands send as an API key.</summary>
    public string Secret => Encoding.ASCII.GetString(_secret);

    /// <returns>Everything a session may do; <see langword="null"/> for any other text.</returns>
    public Credentials? Check(string text) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), _secret)
        ? new Credentials(ApiKeyService.CredentialId("cli"), IsSession: false, Scope.All, ExpiresAt: null)
        : null;

    /// <summary>Writes both files; from now on commands find this server.</summary>
    /// <param name="addresses">Where it listens, such as <c>http://127.0.0.1:8000</c>.</param>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Open(IEnumerable<string> addresses)
    {
        OwnersFile.CreateFolder(data.Keys);
        AtomicFile.Write(TokenFile(data), _secret);
        AtomicFile.Write(AddressFile(data), JsonSerializer.SerializeToUtf8Bytes(new { urls = addresses }));
    }

    /// <summary>Removes both files.</summary>
    public void Close()
    {
        File.Delete(AddressFile(data));
        File.Delete(TokenFile(data));
    }

    /// <summary>What a running server wrote.</summary>
    /// <returns><see langword="null"/> when it has not, or not yet.</returns>
    /// <exception cref="UnauthorizedAccessException">The data folder is another user's.</exception>
    public static OpenServer? Find(DataFolder data)
    {
        try
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(AddressFile(data)));
            return new(
                [.. file.RootElement.GetProperty("urls").EnumerateArray().Select(url => url.GetString()!)],
                File.ReadAllText(TokenFile(data)).Trim());
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string TokenFile(DataFolder data) => Path.Combine(data.Keys, "cli.token");

    private static string AddressFile(DataFolder data) => Path.Combine(data.Root, "server.json");
}

/// <param name="Addresses">As the server was told to listen, such as <c>http://[::]:8000</c>.</param>
/// <param name="Secret">To be sent as an API key.</param>
public sealed record OpenServer(IReadOnlyList<string> Addresses, string Secret);
