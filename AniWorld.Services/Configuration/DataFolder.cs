namespace AniWorld.Services.Configuration;

/// <summary>Where AniWorld keeps its own things. Absolute paths.</summary>
/// <param name="Root">The data folder: <c>--data</c>, <c>ANIWORLD_DATA</c> or <c>./data</c>.</param>
/// <param name="Logs">The log folder: <c>--logs</c> or <c>./logs</c>.</param>
public sealed record DataFolder(string Root, string Logs)
{
    public string Database => Path.Combine(Root, "aniworld.db");

    public string ConfigFile => Path.Combine(Root, "config.json");

    public string Backups => Path.Combine(Root, "backups");

    /// <summary>A restore that is under way; found at start, it is brought to its end.</summary>
    public string Restore => Path.Combine(Root, "restore");

    public string Keys => Path.Combine(Root, "keys");

    public string Covers => Path.Combine(Root, "covers");

    /// <summary>Catalogue pages as they came, to be asked for again only if they have changed. Only a cache.</summary>
    public string Pages => Path.Combine(Root, "pages");

    public string Providers => Path.Combine(Root, "providers");
}
