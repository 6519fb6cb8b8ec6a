using System.Security.Cryptography;
using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Auth;

/// <summary>The key that signs tokens: 32 random bytes, made on first use. A row where nodes share a database, else <see cref="SigningKeyFile"/>.</summary>
internal sealed class SigningKey(DatabasePlace place, DataFolder folder, IDbContextFactory<AniWorldDbContext> databases)
{
    public const int Length = 32;

    /// <remarks>A failure is not kept: who asks later may get it.</remarks>
    private readonly Lazy<byte[]> _bytes = new(
        () => place is DatabasePlace.Server ? ReadOrCreateRow(databases) : SigningKeyFile.ReadOrCreate(folder.Keys),
        LazyThreadSafetyMode.PublicationOnly);

    /// <exception cref="InvalidDataException">What is there is no key.</exception>
    /// <exception cref="IOException">The file can be neither read nor made.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be asked.</exception>
    public byte[] Bytes => _bytes.Value;

    private static byte[] ReadOrCreateRow(IDbContextFactory<AniWorldDbContext> databases)
    {
        using var database = databases.CreateDbContext();
        var keys = database.Set<SharedKey>().AsNoTracking().Where(key => key.Name == SharedKey.Signing).Select(key => key.Bytes);
        if (keys.SingleOrDefault() is not { } found)
        {
            // Whichever node comes second takes the first one's.
            database.Database.ExecuteSql(
                $"""INSERT INTO "SharedKeys" ("Name", "Bytes") VALUES ({SharedKey.Signing}, {RandomNumberGenerator.GetBytes(Length)}) ON CONFLICT DO NOTHING""");
            found = keys.Single();
        }

        return found.Length == Length ? found : throw new InvalidDataException(
            $"The row {SharedKey.Signing} of SharedKeys holds {found.Length} bytes instead of {Length}. Remove it to have a new one made; everybody has to log in again then.");
    }
}
