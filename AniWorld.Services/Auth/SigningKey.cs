using System.Security.Cryptography;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Auth;

/// <summary>The key that signs tokens: 32 random bytes in <c>keys/jwt.key</c>, made on first use, readable by the owner only.</summary>
internal sealed class SigningKey(DataFolder folder)
{
    private const int Length = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lazy<byte[]> _bytes = new(() => ReadOrCreate(folder.Keys));

    /// <exception cref="InvalidDataException">The file is there but is no key.</exception>
    /// <exception cref="IOException">The file can be neither read nor made.</exception>
    public byte[] Bytes => _bytes.Value;

    private static byte[] ReadOrCreate(string keys)
    {
        var path = Path.Combine(keys, "jwt.key");
        if (!File.Exists(path))
        {
            Create(keys, path);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == Length ? key : throw new InvalidDataException(
            $"{path} holds {key.Length} bytes instead of {Length}. Remove it to have a new one made; everybody has to log in again then.");
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
                file.Write(RandomNumberGenerator.GetBytes(Length));
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
