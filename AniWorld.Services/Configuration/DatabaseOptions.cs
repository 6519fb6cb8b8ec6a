using System.ComponentModel.DataAnnotations;
using AniWorld.Data;
using Microsoft.Extensions.Configuration;

namespace AniWorld.Services.Configuration;

/// <summary>Which database. Configuration member <c>database</c>; read at start.</summary>
public sealed record DatabaseOptions
{
    public const string Sqlite = "sqlite";
    public const string PostgreSql = "postgresql";

    /// <summary><c>sqlite</c>, a file in the data folder, or <c>postgresql</c>, which several nodes can share; in capitals or not.</summary>
    [ConfigurationKeyName("provider"), Required]
    public string Provider { get; init; } = Sqlite;

    /// <summary>For PostgreSQL, such as <c>Host=db;Database=aniworld;Username=aniworld;Password=…</c>; whoever it names owns the database.</summary>
    [ConfigurationKeyName("connection_string"), Secret]
    public string? ConnectionString { get; init; }

    /// <summary>Only of a configuration that holds to <see cref="DatabaseRules"/>.</summary>
    public DatabasePlace PlaceIn(DataFolder data) =>
        DatabaseRules.IsPostgreSql(this) ? new DatabasePlace.Server(ConnectionString!) : new DatabasePlace.File(data.Database);
}
