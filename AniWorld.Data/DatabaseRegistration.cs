using AniWorld.Data.PostgreSql;
using AniWorld.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Data;

public static class DatabaseRegistration
{
    /// <summary>Registers an <see cref="IDbContextFactory{TContext}"/>, <see cref="DataVersion"/> and the place itself.</summary>
    /// <param name="patience">How long to wait for the database while it is busy; <see langword="null"/> for 30 s.</param>
    public static IServiceCollection AddDatabase(this IServiceCollection services, DatabasePlace place, TimeSpan? patience = null) => place switch
    {
        DatabasePlace.Server server => services.AddPostgreSqlDatabase(server, patience),
        DatabasePlace.File file => services.AddSqliteDatabase(file.Path, patience),
        _ => throw new NotSupportedException($"{place} is no database that is known here."),
    };
}
