using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Data;
using AniWorld.Data.History;
using AniWorld.Services.Backups;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Configuration;

/// <summary>The configuration as users see and change it. One change at a time; each is whole or refused.</summary>
public sealed class ConfigService(
    ConfigChain chain,
    DataFolder data,
    IDbContextFactory<AniWorldDbContext> databases,
    TimeProvider time,
    ILogger<ConfigService> logger) : IDisposable
{
    /// <summary>Of one change, when other nodes are faster each time.</summary>
    private const int MostTries = 20;

    private readonly SemaphoreSlim _writer = new(1);
    private readonly BackupFolder _backups = new(data, time);

    public AniWorldOptions Current => chain.Current;

    /// <inheritdoc cref="ConfigChain.Warnings"/>
    public IReadOnlyList<Sentence> Warnings => chain.Warnings;

    public void Dispose() => _writer.Dispose();

    /// <inheritdoc cref="ConfigChain.LockedBy"/>
    public string? LockedBy(string path) => chain.LockedBy(path);

    /// <summary>Whether a member, by its dotted path, was ever chosen: the stored configuration names it, or somebody else sets it for good.</summary>
    public bool IsChosen(string path) =>
        LockedBy(path) is not null || path.Split('.').Aggregate((JsonNode?)chain.Document, (node, name) => (node as JsonObject)?[name]) is not null;

    /// <summary>The whole configuration in the contract's shape, secrets masked, without what only the host may set.</summary>
    public Task<JsonObject> GetAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Shown(chain.Current));
    }

    /// <summary>Changes the configuration by a JSON merge patch (RFC 7396); <c>null</c> takes a member back to what it is without the file.</summary>
    /// <exception cref="IOException">The file or the backup before it could not be written; nothing changed.</exception>
    public Task<ConfigChange> PutAsync(JsonElement patch, CancellationToken cancellationToken = default) =>
        ChangeAsync(() => Prepare(patch), BackupReason.Change, cancellationToken);

    /// <summary>Whether <see cref="PutAsync"/> would take the patch.</summary>
    public async Task<ConfigValidation> ValidateAsync(JsonElement patch, CancellationToken cancellationToken = default)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            var (_, candidate) = Prepare(patch);
            return new(candidate.IsValid, candidate.Problems, [.. chain.Warnings.Select(warning => warning.ToString())]);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>What the configuration would be after the patch, secrets and all; applies nothing.</summary>
    /// <returns><see langword="null"/> when the patch would be refused.</returns>
    public async Task<AniWorldOptions?> PreviewAsync(JsonElement patch, CancellationToken cancellationToken = default)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return Prepare(patch).Candidate.Options;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Puts the text of another <c>config.json</c> in force, after a backup of the present one.</summary>
    internal Task<ConfigChange> RestoreAsync(string text, CancellationToken cancellationToken = default) =>
        ChangeAsync(() => Read(text), BackupReason.Restore, cancellationToken);

    /// <summary>Holds the configuration still for a restore that it is only a part of.</summary>
    /// <param name="text">Of another <c>config.json</c>; null when the present one stays.</param>
    internal async Task<ConfigHold> HoldAsync(string? text, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            chain.Reload();
            if (text is null)
            {
                return new(chain, null, null, _writer, logger);
            }

            var (document, candidate) = Read(text);
            if (candidate is { IsValid: true } && MakeFolder(candidate.Options.AnimeDirectory) is { } problem)
            {
                candidate = new(null, [problem]);
            }

            if (chain.Store.Read() is ConfigFileContent.Broken)
            {
                chain.Store.KeepAside();
            }

            return new(chain, document, candidate, _writer, logger);
        }
        catch
        {
            _writer.Release();
            throw;
        }
    }

    /// <param name="prepare">What the change would make of the present configuration; asked again when another node changes that meanwhile.</param>
    private async Task<ConfigChange> ChangeAsync(
        Func<(JsonObject Document, ConfigCandidate Candidate)> prepare, string reason, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            for (var tries = 1; ; tries++)
            {
                chain.Reload();
                var version = chain.Version;
                try
                {
                    return prepare() switch
                    {
                        (var document, { IsValid: true } candidate) => await ApplyAsync(document, candidate.Options, version, reason),
                        var (_, candidate) => new ConfigChange.Invalid(candidate.Problems),
                    };
                }
                catch (ConfigConflictException) when (tries < MostTries)
                {
                    // What the other node made of it is what this change goes on from.
                }
                catch (ConfigConflictException e)
                {
                    return new ConfigChange.Invalid([new("", e.Message)]);
                }
            }
        }
        finally
        {
            _writer.Release();
        }
    }

    private static JsonObject Shown(AniWorldOptions options)
    {
        var document = ConfigJson.FromOptions(options);
        foreach (var name in ConfigShape.HostOnly)
        {
            document.Remove(name);
        }

        ConfigSecrets.Hide(document, ConfigShape.Whole);
        return document;
    }

    private (JsonObject Document, ConfigCandidate Candidate) Read(string text)
    {
        if (ConfigFile.Parse(text) is ConfigFileContent.Broken(var reason))
        {
            return ([], new(null, [new("", $"The backup cannot be used: {reason}.")]));
        }

        var document = ConfigJson.Parse(text);
        return (document, Check(document));
    }

    private (JsonObject Document, ConfigCandidate Candidate) Prepare(JsonElement patch)
    {
        if (patch.ValueKind is not JsonValueKind.Object)
        {
            return Refused(new ConfigProblem("", "Send an object with the members to change."));
        }

        JsonObject changes;
        try
        {
            changes = ConfigJson.Parse(patch.GetRawText());
        }
        catch (JsonException)
        {
            return Refused(new ConfigProblem("", "Send each member once, and no deeper than the configuration is."));
        }

        IReadOnlyList<ConfigProblem> problems = ConfigCheck.Document(changes);
        if (problems.Count > 0)
        {
            return Refused([.. problems]);
        }

        var current = ConfigJson.FromOptions(chain.Current);
        problems = [.. ConfigSecrets.Reveal(changes, current, ConfigShape.Whole), .. TakeOutLocked(changes, current, "")];
        var document = MergePatch.Apply(chain.Document, changes);
        return problems.Count > 0 ? Refused([.. problems]) : (document, Check(document));

        static (JsonObject, ConfigCandidate) Refused(params ConfigProblem[] problems) => ([], new(null, problems));
    }

    /// <summary>
    /// A member that the environment or the command line sets cannot be changed here. One that is sent with its present value, as by
    /// a client that sends everything back, is left out.
    /// </summary>
    private List<ConfigProblem> TakeOutLocked(JsonObject patch, JsonObject current, string prefix)
    {
        var problems = new List<ConfigProblem>();
        foreach (var (name, value) in patch.ToList())
        {
            var path = prefix + name;
            if (chain.LockedBy(path) is not { } source)
            {
                continue;
            }

            if (value is JsonObject inner && current[name] is JsonObject present)
            {
                problems.AddRange(TakeOutLocked(inner, present, path + "."));
            }
            else if (JsonNode.DeepEquals(value, current[name]))
            {
                patch.Remove(name);
            }
            else
            {
                problems.Add(new(path, new Sentence("locked", source)));
            }
        }

        return problems;
    }

    /// <summary>The rules, and a look at the library's folder where that is another than before.</summary>
    private ConfigCandidate Check(JsonObject document)
    {
        var candidate = chain.Evaluate(document);
        return candidate.IsValid && candidate.Options.AnimeDirectory != chain.Current.AnimeDirectory
            && LibraryRoot.Problem(candidate.Options.AnimeDirectory, data) is { } problem
                ? new(null, [new("anime_directory", problem)])
                : candidate;
    }

    /// <remarks>Not to be cancelled: from the first byte on it runs to its end.</remarks>
    private async Task<ConfigChange> ApplyAsync(JsonObject document, AniWorldOptions options, long version, string reason)
    {
        if (chain.UsesStored && JsonNode.DeepEquals(document, chain.Document))
        {
            return new ConfigChange.Applied(Shown(chain.Current), []);
        }

        if (options.AnimeDirectory != chain.Current.AnimeDirectory && MakeFolder(options.AnimeDirectory) is { } problem)
        {
            return new ConfigChange.Invalid([problem]);
        }

        BackUp(reason);
        var paths = ConfigDifference.Paths(chain.Current, options);
        chain.Put(document, options, version, logger);
        await RememberAsync(paths, reason);
        return new ConfigChange.Applied(Shown(chain.Current), paths);
    }

    private static ConfigProblem? MakeFolder(string animeDirectory)
    {
        try
        {
            Directory.CreateDirectory(animeDirectory);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("anime_directory", new Sentence("folder_not_made", e.Message));
        }
    }

    private void BackUp(string reason)
    {
        switch (chain.Store.Read())
        {
            case ConfigFileContent.Broken:
                chain.Store.KeepAside();
                break;
            case ConfigFileContent.Document(var text) when chain.Current.Backup.Enabled || reason != BackupReason.Change:
                _backups.KeepConfig(Encoding.UTF8.GetBytes(text), reason);
                _backups.Prune(chain.Current.Backup);
                break;
        }
    }

    private async Task RememberAsync(IReadOnlyList<string> paths, string reason)
    {
        logger.LogInformation("Configuration changed ({Reason}): {Paths}", reason, paths);
        try
        {
            await using var database = await databases.CreateDbContextAsync();
            database.Add(HistoryEvent.Of("config.changed", ("paths", string.Join(", ", paths)), ("reason", reason)));
            await database.SaveChangesAsync();
        }
        catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
        {
            logger.LogWarning(e, "The history could not note the change of the configuration");
        }
    }
}
