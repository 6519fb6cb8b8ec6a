using System.Text.Json.Nodes;

namespace AniWorld.Services.Configuration;

/// <summary>Where that part of the configuration is kept which users change: a file, or a row that several nodes share.</summary>
internal interface IConfigStore
{
    /// <summary>What it is called, at the beginning of a sentence.</summary>
    string Name { get; }

    /// <summary>Other nodes change it, too; what was before they have seen to themselves.</summary>
    bool IsShared { get; }

    /// <summary>What stands there now.</summary>
    /// <exception cref="System.Data.Common.DbException">Only where it is shared: the database cannot be asked.</exception>
    ConfigFileContent Read();

    /// <param name="version">Of what this takes the place of.</param>
    /// <returns>The text that was written, and its version.</returns>
    /// <exception cref="ConfigConflictException">Another node was faster; nothing changed.</exception>
    /// <exception cref="IOException">It could not be written; nothing changed.</exception>
    ConfigFileContent.Document Write(JsonObject document, long version);

    /// <summary>Copies what cannot be used to a file of its own, so that the next change cannot destroy it; once for one content.</summary>
    /// <returns>The copy's name; null when there is nothing.</returns>
    /// <exception cref="IOException">It cannot be copied; nothing may be written over it.</exception>
    string? KeepAside();
}

/// <summary>Another node changed the configuration since it was last read.</summary>
internal sealed class ConfigConflictException() : IOException("The settings were changed on another node at the same moment; try again.");
