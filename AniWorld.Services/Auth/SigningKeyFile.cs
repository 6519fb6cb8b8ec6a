using System.Security.Cryptography;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Auth;

/// <summary>The signing key as <c>keys/jwt.key</c>, readable by the owner only.</summary>
internal static class SigningKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string PathIn(string keys) => Path.Combine(keys, "jwt.key");

    /// <param name="keys">The folder; made when it is not there.</param>
    /// <exception cref="InvalidDataException">The file is there but is no key.</exception>
    /// <exception cref="IOException">The file can be neither read nor made.</exception>
    public static byte[] ReadOrCreate(string keys)
    {
        var path = PathIn(keys);
        if (!File.Exists(path))
        {
            Create(keys, path);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == SigningKey.Length ? key : throw new InvalidDataException(
            $"{path} holds {key.Length} bytes instead of {SigningKey.Length}. Remove it to have a new one made; everybody has to log in again then.");
    }

    // Written whole under another name, then given its own: whoever comes second takes the first one's key.
    private static void Create(string keys, string path)
    {
        OwnersFile.CreateFolder(keys);
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = OwnersFile.Create(draft))
            {
                file.Write(RandomNumberGenerator.GetBytes(SigningKey.Length));
                file.Flush();
                Durable.FlushFile(file.SafeFileHandle, draft);
            }

            NewName.Give(draft, path);
            Durable.FlushFolder(keys);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first.
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
