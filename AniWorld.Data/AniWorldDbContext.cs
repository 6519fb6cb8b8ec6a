using AniWorld.Data.Auth;
using AniWorld.Data.Catalogue;
using AniWorld.Data.Downloads;
using AniWorld.Data.History;
using AniWorld.Data.Library;
using AniWorld.Data.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AniWorld.Data;

/// <summary>Everything that is stored. Made short-lived, by <c>IDbContextFactory</c>; never kept in a circuit.</summary>
/// <remarks>By itself it is the one on SQLite; <see cref="PostgreSql.PostgreSqlContext"/> is the other.</remarks>
public class AniWorldDbContext : DbContext
{
    public AniWorldDbContext(DbContextOptions<AniWorldDbContext> options)
        : base(options)
    {
    }

    protected AniWorldDbContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<AnimeSeries> Series => Set<AnimeSeries>();

    public DbSet<Episode> Episodes => Set<Episode>();

    public DbSet<EpisodeFile> EpisodeFiles => Set<EpisodeFile>();

    public DbSet<EpisodeAvailability> EpisodeAvailability => Set<EpisodeAvailability>();

    public DbSet<LibraryFolder> LibraryFolders => Set<LibraryFolder>();

    public DbSet<ScanRun> ScanRuns => Set<ScanRun>();

    public DbSet<DownloadQueueItem> Downloads => Set<DownloadQueueItem>();

    public DbSet<QueueSwitch> QueueSwitches => Set<QueueSwitch>();

    public DbSet<UserSession> Sessions => Set<UserSession>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<LoginFailure> LoginFailures => Set<LoginFailure>();

    public DbSet<JobRun> JobRuns => Set<JobRun>();

    public DbSet<SourceHealth> SourceHealth => Set<SourceHealth>();

    public DbSet<HistoryEvent> History => Set<HistoryEvent>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AnimeSeries>(series =>
        {
            series.HasIndex(s => s.Key).IsUnique().HasFilter("\"DeletedAt\" IS NULL");
            series.HasQueryFilter(s => s.DeletedAt == null);
        });
        modelBuilder.Entity<Episode>(episode =>
        {
            episode.HasIndex(e => new { e.SeriesId, e.Season, e.Number }).IsUnique();
            episode.HasQueryFilter(e => e.DeletedAt == null && e.Series.DeletedAt == null);
        });
        modelBuilder.Entity<EpisodeFile>(file =>
        {
            file.HasIndex(f => new { f.EpisodeId, f.Path }).IsUnique();
            file.HasQueryFilter(f => f.Episode.DeletedAt == null && f.Episode.Series.DeletedAt == null);
        });
        modelBuilder.Entity<EpisodeAvailability>(offer =>
        {
            offer.HasIndex(a => new { a.EpisodeId, a.Language }).IsUnique();
            offer.HasQueryFilter(a => a.Episode.DeletedAt == null && a.Episode.Series.DeletedAt == null);
        });
        modelBuilder.Entity<LibraryFolder>().HasIndex(f => f.Path).IsUnique();
        modelBuilder.Entity<DownloadQueueItem>(item =>
        {
            item.HasQueryFilter(i => i.DeletedAt == null);
            // In the order that the queue is worked off, so that the next ones are found without sorting all that wait.
            item.HasIndex(i => new { i.Status, i.Priority, i.Position }).IsDescending(false, true, false).HasFilter("\"DeletedAt\" IS NULL");
            // One open item per episode and language: the index decides, so that two quick clicks cannot queue it twice.
            item.HasIndex(i => new { i.SeriesKey, i.Season, i.Number, i.Language })
                .IsUnique()
                .HasFilter("\"DeletedAt\" IS NULL AND \"Status\" IN ('Pending','Resolving','Downloading','Paused','Processing')");
        });
        modelBuilder.Entity<Credential>().HasKey(c => c.Name);
        modelBuilder.Entity<ApiKey>().HasIndex(k => k.Prefix).IsUnique();
        modelBuilder.Entity<LoginFailure>().HasIndex(f => new { f.Address, f.At });
        modelBuilder.Entity<JobRun>().HasIndex(r => new { r.Job, r.StartedAt });
        modelBuilder.Entity<SourceHealth>().HasIndex(h => new { h.Kind, h.Name }).IsUnique();
        modelBuilder.Entity<HistoryEvent>().HasIndex(e => e.CreatedAt);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Language>().HaveConversion<LanguageColumn>().HaveMaxLength(16);
        configurationBuilder.Properties<DownloadStatus>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<ScanState>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<List<string>>().HaveConversion<JsonColumn<List<string>>, JsonColumnComparer<List<string>>>();
        configurationBuilder.Properties<Dictionary<string, string>>()
            .HaveConversion<JsonColumn<Dictionary<string, string>>, JsonColumnComparer<Dictionary<string, string>>>();
        if (Database.IsSqlite())
        {
            // SQLite has no time type: as Unix milliseconds, times compare and sort in SQL.
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        }
    }

    private sealed class LanguageColumn() : ValueConverter<Language, string>(language => language.Code, code => Language.Parse(code));

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
