using AniWorld.Data.Auth;
using AniWorld.Data.Configuration;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Data.Nodes;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AniWorld.Data.PostgreSql;

/// <summary>The same model on PostgreSQL, and what only several nodes need. A type of its own, so that it has migrations of its own.</summary>
public sealed class PostgreSqlContext(DbContextOptions<PostgreSqlContext> options) : AniWorldDbContext(options), IDataProtectionKeyContext
{
    /// <summary>By bytes, as SQLite compares and sorts: the same keys are equal, and the same lists come in the same order, on both.</summary>
    private const string ByBytes = "C";

    /// <summary>What the names of the tables begin with that are Quartz's, by which several nodes have one clock.</summary>
    public const string ClockTables = "qrtz_";

    /// <summary>What one node tells the others, kept for a while; only <c>EventLog</c> reads and writes it.</summary>
    public const string EventTable = "NodeEvents";

    private static readonly HashSet<Type> OnlyHere = [typeof(Node), typeof(StoredConfiguration), typeof(SharedKey), typeof(DataProtectionKey)];

    /// <summary>Tables whose rows are of this installation alone: in no copy of the database, and left as they are by a restore.</summary>
    public static IReadOnlyList<string> OwnTables { get; } =
        [nameof(Nodes), nameof(Configurations), nameof(SharedKeys), nameof(DataProtectionKeys), EventTable];

    public DbSet<Node> Nodes => Set<Node>();

    public DbSet<StoredConfiguration> Configurations => Set<StoredConfiguration>();

    public DbSet<SharedKey> SharedKeys => Set<SharedKey>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Those that a database on SQLite has, too.</summary>
    internal IEnumerable<IEntityType> CommonKinds => Model.GetEntityTypes().Where(kind => !OnlyHere.Contains(kind.ClrType));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<StoredConfiguration>().Property(stored => stored.Id).ValueGeneratedNever();
        modelBuilder.Entity<SharedKey>().HasKey(key => key.Name);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMilliseconds>();
        configurationBuilder.Properties<string>().UseCollation(ByBytes);
        configurationBuilder.Properties<Language>().UseCollation(ByBytes);
        configurationBuilder.Properties<DownloadStatus>().UseCollation(ByBytes);
        configurationBuilder.Properties<ScanState>().UseCollation(ByBytes);
    }

    /// <summary>PostgreSQL takes UTC only; and no more than milliseconds, so that a time is equal to itself when read back on either database.</summary>
    private sealed class UtcMilliseconds() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        time => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()), time => time);
}
