using System.Collections;
using System.Data.Common;
using System.Text;
using System.Text.Json.Nodes;
using AniWorld.Data;
using AniWorld.Services.Backups;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AniWorld.Services.Configuration;

/// <summary>
/// The sources of the configuration, each laid over the one before: built-in defaults, appsettings.json, <c>data/config.json</c> or what
/// PostgreSQL has in its place (<see cref="IConfigStore"/>), <c>ANIWORLD__…</c> of the environment, the command line. All are brought into one
/// JSON shape and merged as a merge patch is (<see cref="MergePatch"/>): a list replaces the list below it, and <c>null</c> stands for the
/// built-in default.
/// </summary>
/// <remarks>Always holds a valid configuration: what would be invalid is never taken over.</remarks>
public sealed class ConfigChain : IOptionsChangeTokenSource<AniWorldOptions>
{
    private readonly IConfiguration _host;
    private readonly DataFolder _data;
    private readonly IConfigStore _store;
    private readonly BackupFolder _backups;
    private readonly JsonObject _environment;
    private readonly JsonObject _commandLine;
    private readonly List<Sentence> _hostWarnings = [];
    private readonly Lock _changes = new();
    private volatile State _state;
    private ConfigurationReloadToken _token = new();

    private ConfigChain(IConfiguration host, DataFolder data, JsonObject commandLine, IDictionary environment, TimeProvider time)
    {
        _host = host;
        _data = data;
        _backups = new BackupFolder(data, time);
        _commandLine = commandLine;
        var unknown = new List<string>();
        _environment = ConfigLayer.FromEnvironment(environment, unknown);
        _hostWarnings.AddRange(unknown.Select(path => new Sentence("config_unknown_variable", path)));
        _store = PlaceIn([ConfigLayer.FromHost(host), _environment, _commandLine], data, out _) is DatabasePlace.Server server
            ? new ConfigRow(server, data, time)
            : new ConfigFile(data, time);
        _state = Load();
    }

    /// <summary>The configuration in force.</summary>
    public AniWorldOptions Current => _state.Options;

    /// <summary>What the owner should know: a broken file that is not used, a variable that sets nothing.</summary>
    public IReadOnlyList<Sentence> Warnings => _state.Warning is { } warning ? [warning, .. _hostWarnings] : _hostWarnings;

    /// <summary>Only the unnamed options exist.</summary>
    string? IOptionsChangeTokenSource<AniWorldOptions>.Name => Options.DefaultName;

    /// <summary>What is in force of <c>config.json</c>: its content, or that of the backup used in its place.</summary>
    internal JsonObject Document => ConfigJson.Parse(_state.Document);

    /// <summary>The same as text.</summary>
    internal string Text => _state.Document;

    /// <summary>Where that comes from.</summary>
    internal IConfigStore Store => _store;

    /// <summary>Of what was last read there; a change says that it goes on from it.</summary>
    internal long Version => _state.Version;

    /// <summary>Whether what is stored is in force, and not something in its place.</summary>
    internal bool UsesStored => _state.Warning is null;

    /// <param name="host">The host's own configuration, for what appsettings.json sets.</param>
    /// <param name="arguments">Of the command line; such as <c>--downloads.parallel 4</c> are settings.</param>
    /// <exception cref="InvalidConfigurationException">What is set outside of <c>config.json</c> is not valid.</exception>
    public static ConfigChain Open(IConfiguration host, DataFolder data, string[] arguments, TimeProvider? time = null) =>
        Open(host, data, arguments, Environment.GetEnvironmentVariables(), time ?? TimeProvider.System);

    /// <summary>Where the database is, for those who come before <c>config.json</c> may be read: it never says that.</summary>
    /// <exception cref="InvalidConfigurationException">What is set is not valid.</exception>
    public static DatabasePlace PlaceOfDatabase(IConfiguration host, DataFolder data, string[] arguments)
    {
        var environment = ConfigLayer.FromEnvironment(Environment.GetEnvironmentVariables(), []);
        return PlaceIn([ConfigLayer.FromHost(host), environment, ConfigLayer.FromCommandLine(arguments)], data, out var problems)
            ?? throw new InvalidConfigurationException(problems);
    }

    /// <summary>The same with another environment than the process's.</summary>
    internal static ConfigChain Open(
        IConfiguration host, DataFolder data, string[] arguments, IDictionary environment, TimeProvider time) =>
        new(host, data, ConfigLayer.FromCommandLine(arguments), environment, time);

    /// <summary>Which source above <c>config.json</c> sets a member, or part of it: <c>command line</c>, <c>environment</c> or null for none.</summary>
    /// <param name="path">Dotted, as in <c>downloads.parallel</c>.</param>
    public string? LockedBy(string path) =>
        Sets(_commandLine, path) ? "command line" : Sets(_environment, path) ? "environment" : null;

    IChangeToken IOptionsChangeTokenSource<AniWorldOptions>.GetChangeToken() => _token;

    /// <summary>Looks at all sources again. An invalid one changes nothing but <see cref="Warnings"/>.</summary>
    /// <returns>What is different now, as dotted paths.</returns>
    internal IReadOnlyList<string> Reload()
    {
        lock (_changes)
        {
            var before = _state.Options;
            var content = _store.Read();
            var text = (content as ConfigFileContent.Document)?.Text ?? _state.Document;
            var candidate = Evaluate(ConfigJson.Parse(text));
            var warning = content switch
            {
                ConfigFileContent.Broken when _state.Warning is { } known => known,
                ConfigFileContent.Broken(var reason) => new Sentence("config_kept", _store.Name, reason),
                ConfigFileContent.Absent when _state.IsStored => new Sentence("config_gone", _store.Name),
                _ when !candidate.IsValid => new Sentence("config_change_invalid", string.Join(" · ", candidate.Problems)),
                _ => null,
            };
            if (content is not ConfigFileContent.Document(var onDisk) || onDisk != _state.Document)
            {
                KeepPresent();
            }

            if (warning is not null)
            {
                _state = _state with { Warning = warning, Version = content.Version };
            }
            else
            {
                Take(text, candidate.Options!, content);
            }

            return ConfigDifference.Paths(before, _state.Options);
        }
    }

    /// <summary>What the configuration would be with <paramref name="document"/> as <c>config.json</c>.</summary>
    internal ConfigCandidate Evaluate(JsonObject document)
    {
        var merged = new[] { document, _environment, _commandLine }.Aggregate(ConfigLayer.FromHost(_host), MergePatch.Apply);
        IReadOnlyList<ConfigProblem> problems = [.. ConfigCheck.Document(document), .. ConfigCheck.Effective(merged)];
        if (problems.Count > 0)
        {
            return new(null, [.. problems.Distinct()]);
        }

        var options = ConfigJson.ToOptions(merged);
        if (options.Languages.Profiles.Count == 0)
        {
            options = options with { Languages = options.Languages with { Profiles = [LanguageProfile.Default] } };
        }

        problems = ConfigRules.Check(options, _data);
        return new(problems.Count == 0 ? options : null, problems);
    }

    /// <summary>Stores a document and puts it in force at once.</summary>
    /// <param name="version">The <see cref="Version"/> that it goes on from.</param>
    /// <exception cref="ConfigConflictException">Another node was faster; nothing changed.</exception>
    /// <exception cref="IOException">It could not be written; nothing changed.</exception>
    internal void Put(JsonObject document, AniWorldOptions options, long version, ILogger logger)
    {
        lock (_changes)
        {
            var written = _store.Write(document, version);
            try
            {
                Take(written.Text, options, written);
            }
            catch (AggregateException e)
            {
                // It is written and in force; a listener failed at what it does then.
                logger.LogError(e, "A part did not take the changed configuration over");
            }
        }
    }

    /// <summary>Someone changed the file by hand: what was in force is backed up, as before any other change.</summary>
    private void KeepPresent()
    {
        if (_store.IsShared || !_state.IsStored || !_state.Options.Backup.Enabled || _backups.NewestConfig() == _state.Document)
        {
            return;
        }

        try
        {
            _backups.KeepConfig(Encoding.UTF8.GetBytes(_state.Document));
            _backups.Prune(_state.Options.Backup);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Taking over what the owner wrote matters more than a copy of what was before.
        }
    }

    private static bool Sets(JsonObject layer, string path)
    {
        JsonNode? node = layer;
        foreach (var name in path.Split('.'))
        {
            if (node is not JsonObject members)
            {
                return true;
            }

            if (!members.TryGetPropertyValue(name, out node) || node is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>Where the database is; null when what is set names none, and why.</returns>
    private static DatabasePlace? PlaceIn(JsonObject[] layers, DataFolder data, out IReadOnlyList<ConfigProblem> problems)
    {
        var merged = layers.Aggregate(MergePatch.Apply);
        var only = merged["database"] is { } set ? new JsonObject { ["database"] = set.DeepClone() } : [];
        problems = ConfigCheck.Effective(only);
        var database = problems.Count == 0 ? ConfigJson.ToOptions(only).Database : new DatabaseOptions();
        problems = [.. problems, .. DatabaseRules.Check(database)];
        return problems.Count == 0 ? database.PlaceIn(data) : null;
    }

    private void Take(string document, AniWorldOptions options, ConfigFileContent content)
    {
        var before = _state;
        _state = new(document, options, Warning: null, IsStored: content is ConfigFileContent.Document, content.Version);
        if (before.Document == document && JsonNode.DeepEquals(ConfigJson.FromOptions(before.Options), ConfigJson.FromOptions(options)))
        {
            return;
        }

        Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();
    }

    private State Load()
    {
        var content = ReadAtStart();
        var text = (content as ConfigFileContent.Document)?.Text ?? "{}";
        var candidate = Evaluate(ConfigJson.Parse(text));
        if (content is not ConfigFileContent.Broken && candidate.IsValid)
        {
            return new(text, candidate.Options, Warning: null, IsStored: content is ConfigFileContent.Document, content.Version);
        }

        var reason = content is ConfigFileContent.Broken(var broken) ? broken : string.Join(" · ", candidate.Problems);
        if (content is not ConfigFileContent.Absent && NewestValid() is var (name, document, options))
        {
            return new(document, options, new Sentence("config_backup_used", _store.Name, reason, name, Aside()), IsStored: true, content.Version);
        }

        var without = Evaluate([]);
        return without.IsValid
            ? new("{}", without.Options, new Sentence("config_defaults_used", _store.Name, reason, Aside()), IsStored: true, content.Version)
            : throw new InvalidConfigurationException(without.Problems);
    }

    /// <summary>A database that cannot be asked is no reason to end here: a server says so a moment later, and <c>doctor</c> as well.</summary>
    private ConfigFileContent ReadAtStart()
    {
        try
        {
            return _store.Read();
        }
        catch (DbException e)
        {
            return new ConfigFileContent.Broken($"it cannot be read: {e.Message}");
        }
    }

    private (string Name, string Document, AniWorldOptions Options)? NewestValid()
    {
        // One that was taken in may be another machine's; that is for the owner to put in force.
        foreach (var backup in _backups.List().Where(backup => backup.Has(BackupPart.Config) && backup.Reason != BackupReason.Upload))
        {
            if (_backups.TryReadConfig(backup) is { } text && ConfigFile.Parse(text) is ConfigFileContent.Document
                && Evaluate(ConfigJson.Parse(text)) is { IsValid: true } candidate)
            {
                return (backup.Name, text, candidate.Options!);
            }
        }

        return null;
    }

    private Sentence Aside()
    {
        try
        {
            return new Sentence("config_aside", _store.KeepAside());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            return new Sentence("config_no_aside", e);
        }
    }

    /// <param name="Document">Text of what stands for <c>config.json</c>.</param>
    /// <param name="Warning">Why what is stored is not in force; null when it is.</param>
    /// <param name="IsStored">Whether there was a file or a row.</param>
    /// <param name="Version">Of what was read last, whether it is in force or not.</param>
    private sealed record State(string Document, AniWorldOptions Options, Sentence? Warning, bool IsStored, long Version);
}
