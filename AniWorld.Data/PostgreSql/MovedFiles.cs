using AniWorld.Data.Auth;
using AniWorld.Data.Configuration;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Data.PostgreSql;

/// <summary>What lies beside a SQLite database as files and becomes rows on PostgreSQL.</summary>
/// <param name="Configuration">The text of <c>config.json</c>; <see langword="null"/> when there is none.</param>
/// <param name="SigningKey">That signs tokens; <see langword="null"/> when none was made yet.</param>
/// <param name="DataProtectionKeys">Each a file's name without its ending, and its XML.</param>
public sealed record MovedFiles(string? Configuration, byte[]? SigningKey, IReadOnlyList<(string Name, string Xml)> DataProtectionKeys)
{
    /// <summary>Puts them in the place of whatever an earlier try had stored.</summary>
    internal async Task StoreAsync(PostgreSqlContext target, CancellationToken cancellationToken)
    {
        await using var transaction = await target.Database.BeginTransactionAsync(cancellationToken);
        await target.Configurations.ExecuteDeleteAsync(cancellationToken);
        await target.SharedKeys.ExecuteDeleteAsync(cancellationToken);
        await target.DataProtectionKeys.ExecuteDeleteAsync(cancellationToken);
        if (Configuration is not null)
        {
            target.Add(new StoredConfiguration { Document = Configuration, Version = 1 });
        }

        if (SigningKey is not null)
        {
            target.Add(new SharedKey { Name = SharedKey.Signing, Bytes = SigningKey });
        }

        target.AddRange(DataProtectionKeys.Select(key => new DataProtectionKey { FriendlyName = key.Name, Xml = key.Xml }));
        await target.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
