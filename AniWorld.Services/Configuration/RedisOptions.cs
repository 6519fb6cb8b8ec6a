using Microsoft.Extensions.Configuration;

namespace AniWorld.Services.Configuration;

/// <summary>By what nodes on one PostgreSQL hear of each other at once. Configuration member <c>redis</c>; read at start.</summary>
public sealed record RedisOptions
{
    /// <summary>Such as <c>redis:6379,password=…</c>; <see langword="null"/>: what happens elsewhere is looked up in the database.</summary>
    [ConfigurationKeyName("connection_string"), Secret]
    public string? ConnectionString { get; init; }

    public bool NamesServer() => !string.IsNullOrWhiteSpace(ConnectionString);
}
