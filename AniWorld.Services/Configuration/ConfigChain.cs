using System.Collections;
using System.Text;
using System.Text.Json.Nodes;
using AniWorld.Services.Backups;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AniWorld.Services.Configuration;

/// <summary>
/// The sources of the configuration, each laid over the one before: built-in defaults, appsettings.json, <c>data/config.json</c>,
/// <c>ANIWORLD__…</c> of the environment, the command line. All are brought into one JSON shape and merged as a merge patch is
/// (<see cref="MergePatch"/>): a list replaces the list below it, and <c>null</c> stands for the built-in default.
/// </summary>
/// <remarks>Always holds a valid configuration: what would be invalid is never taken over.</remarks>
public sealed class ConfigChain : IOptionsChangeTokenSource<AniWorldOptions>
{
    private readonly IConfiguration _host;
    private readonly DataFolder _data;
    private readonly ConfigFile _file;
    private readonly BackupFolder _backups;
    private readonly JsonObject _environment;
    private readonly JsonObject _commandLine;
    private readonly List<string> _hostWarnings = [];
    private readonly Lock _changes = new();
    private volatile State _state;
    private ConfigurationReloadToken _token = new();

    private ConfigChain(IConfiguration host, DataFolder data, JsonObject commandLine, IDictionary environment, TimeProvider time)
    {
        _host = host;
        _data = data;
        _file = new ConfigFile(data, time);
        _backups = new BackupFolder(data, time);
        _commandLine = commandLine;
        var unknown = new List<string>();
        _environment = ConfigLayer.FromEnvironment(environment, unknown);
        _hostWarnings.AddRange(unknown.Select(path => $"The environment sets {path}, which is no setting; check the variable's name."));
        _state = Load();
    }

    /// <summary>The configuration in force.</summary>
    public AniWorldOptions Current => _state.Options;

    /// <summary>What the owner should know: a broken file that is not used, a variable that sets nothing.</summary>
    public IReadOnlyList<string> Warnings => _state.Warning is { } warning ? [warning, .. _hostWarnings] : _hostWarnings;

    /// <summary>Only the unnamed options exist.</summary>
    string? IOptionsChangeTokenSource<AniWorldOptions>.Name => Options.DefaultName;

    /// <summary>What is in force of <c>config.json</c>: its content, or that of the backup used in its place.</summary>
    internal JsonObject Document => ConfigJson.Parse(_state.Document);

    /// <summary>The same as text.</summary>
    internal string Text => _state.Document;

    /// <summary>Whether the file on disk is in force, and not something in its place.</summary>
    internal bool UsesFile => _state.Warning is null;

    /// <param name="host">The host's own configuration, for what appsettings.json sets.</param>
    /// <param name="arguments">Of the command line; such as <c>--downloads.parallel 4</c> are settings.</param>
    /// <exception cref="InvalidConfigurationException">What is set outside of <c>config.json</c> is not valid.</exception>
    public static ConfigChain Open(IConfiguration host, DataFolder data, string[] arguments, TimeProvider? time = null) =>
        Open(host, data, arguments, Environment.GetEnvironmentVariables(), time ?? TimeProvider.System);

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
            var content = _file.Read();
            var text = (content as ConfigFileContent.Document)?.Text ?? _state.Document;
            var candidate = Evaluate(ConfigJson.Parse(text));
            var warning = content switch
            {
                ConfigFileContent.Broken when _state.Warning is { } known => known,
                ConfigFileContent.Broken(var reason) => $"config.json is not used: {reason}. The values from before stay in force.",
                ConfigFileContent.Absent when _state.OnDisk => "config.json is gone. The values from before stay in force until the next start.",
                _ when !candidate.IsValid => $"The changed configuration is not used: {string.Join(" · ", candidate.Problems)}",
                _ => null,
            };
            if (content is not ConfigFileContent.Document(var onDisk) || onDisk != _state.Document)
            {
                KeepPresent();
            }

            if (warning is not null)
            {
                _state = _state with { Warning = warning };
            }
            else
            {
                Take(text, candidate.Options!, onDisk: content is ConfigFileContent.Document);
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

    /// <summary>Writes <c>config.json</c> and puts it in force at once.</summary>
    /// <exception cref="IOException">It could not be written; nothing changed.</exception>
    internal void Put(JsonObject document, AniWorldOptions options, ILogger logger)
    {
        lock (_changes)
        {
            var written = _file.Write(document);
            try
            {
                Take(written, options, onDisk: true);
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
        if (!_state.OnDisk || !_state.Options.Backup.Enabled || _backups.NewestConfig() == _state.Document)
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

    private void Take(string document, AniWorldOptions options, bool onDisk)
    {
        var before = _state;
        _state = new(document, options, Warning: null, onDisk);
        if (before.Document == document && JsonNode.DeepEquals(ConfigJson.FromOptions(before.Options), ConfigJson.FromOptions(options)))
        {
            return;
        }

        Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();
    }

    private State Load()
    {
        var content = _file.Read();
        var text = (content as ConfigFileContent.Document)?.Text ?? "{}";
        var candidate = Evaluate(ConfigJson.Parse(text));
        if (content is not ConfigFileContent.Broken && candidate.IsValid)
        {
            return new(text, candidate.Options, Warning: null, OnDisk: content is ConfigFileContent.Document);
        }

        var reason = content is ConfigFileContent.Broken(var broken) ? broken : string.Join(" · ", candidate.Problems);
        if (content is not ConfigFileContent.Absent && NewestValid() is var (name, document, options))
        {
            return new(document, options, $"config.json is not used: {reason}. In force is {name}. {Aside()}", OnDisk: true);
        }

        var without = Evaluate([]);
        return without.IsValid
            ? new("{}", without.Options, $"config.json is not used: {reason}. In force are the defaults. {Aside()}", OnDisk: true)
            : throw new InvalidConfigurationException(without.Problems);
    }

    private (string Name, string Document, AniWorldOptions Options)? NewestValid()
    {
        // One that was taken in may be another machine's; that is for the owner to put in force.
        foreach (var backup in _backups.List().Where(backup => backup.Has(BackupPart.Config) && backup.Reason != BackupReason.Upload))
        {
            if (_backups.TryReadConfig(backup) is { } text && ConfigFile.Parse(text) is ConfigFileContent.Document
                && Evaluate(ConfigJson.Parse(text)) is { IsValid: true } candidate)
            {
                return ($"the backup {backup.Name}", text, candidate.Options!);
            }
        }

        return null;
    }

    private string Aside()
    {
        try
        {
            return $"It is kept as {_file.KeepAside()}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"It could not be copied aside: {e.Message}";
        }
    }

    /// <param name="Document">Text of what stands for <c>config.json</c>.</param>
    /// <param name="Warning">Why the file is not in force; null when it is.</param>
    /// <param name="OnDisk">Whether there was a file.</param>
    private sealed record State(string Document, AniWorldOptions Options, string? Warning, bool OnDisk);
}
