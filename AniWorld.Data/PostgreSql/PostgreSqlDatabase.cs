using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AniWorld.Data.PostgreSql;

/// <summary>AniWorld on PostgreSQL: a database that several nodes share.</summary>
public static class PostgreSqlDatabase
{
    /// <summary>The oldest server that AniWorld starts on, by its first number.</summary>
    public const int OldestSupported = 14;

    /// <summary>Between two statements of a transaction.</summary>
    private const string LongestPause = "30s";

    /// <summary>Registers an <see cref="IDbContextFactory{TContext}"/> on the server of <paramref name="place"/>.</summary>
    /// <param name="patience">How long to wait for a connection, or for an answer.</param>
    public static IServiceCollection AddPostgreSqlDatabase(
        this IServiceCollection services, DatabasePlace.Server place, TimeSpan? patience = null) => services
        .AddSingleton<DatabasePlace>(place)
        .AddSingleton(_ => Source(place.ConnectionString, patience))
        .AddSingleton<DataVersion, PostgreSqlDataVersion>()
        .AddSingleton<IDbContextFactory<AniWorldDbContext>>(provider => new PostgreSqlContextFactory(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>()));

    /// <summary>Connections to a server; to be disposed of.</summary>
    /// <remarks>A node that is frozen in the middle of a transaction loses it: what it locked, others need.</remarks>
    public static NpgsqlDataSource Source(string connectionString, TimeSpan? patience = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "aniworld" };
        settings.Options = $"-c idle_in_transaction_session_timeout={LongestPause} {settings.Options}".TrimEnd();
        if (patience is { } wait)
        {
            settings.CommandTimeout = (int)Math.Ceiling(wait.TotalSeconds);
        }

        return new NpgsqlDataSourceBuilder(settings.ToString()).Build();
    }

    /// <param name="schema">Where the table is that says which migrations a database has; <see langword="null"/> for the usual place.</param>
    internal static DbContextOptions<PostgreSqlContext> Options(NpgsqlDataSource source, TimeProvider time, string? schema = null)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlContext>();
        options.UseNpgsql(source, server =>
        {
            server.SetPostgresVersion(OldestSupported, 0);
            if (schema is not null)
            {
                server.MigrationsHistoryTable("__EFMigrationsHistory", schema);
            }
        });
        return options.AddInterceptors(new TimestampInterceptor(time), new StorableTexts()).Options;
    }

    /// <summary>Only for <c>dotnet ef</c>, which makes migrations and never opens a database.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgreSqlContext>
    {
        public PostgreSqlContext CreateDbContext(string[] args) =>
            new(Options(NpgsqlDataSource.Create("Host=design"), TimeProvider.System));
    }
}

/// <summary>Makes contexts on PostgreSQL for those who know only of <see cref="AniWorldDbContext"/>.</summary>
public sealed class PostgreSqlContextFactory(NpgsqlDataSource source, TimeProvider time, string? schema = null)
    : IDbContextFactory<AniWorldDbContext>
{
    private readonly DbContextOptions<PostgreSqlContext> _options = PostgreSqlDatabase.Options(source, time, schema);

    public AniWorldDbContext CreateDbContext() => new PostgreSqlContext(_options);
}
