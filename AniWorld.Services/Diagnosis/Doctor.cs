using System.Runtime.CompilerServices;

namespace AniWorld.Services.Diagnosis;

/// <summary>Looks at an installation, whether its server runs or not. Mends nothing.</summary>
public sealed class Doctor
{
    private readonly DataFolderCheck _data;
    private readonly DatabaseCheck _database;
    private readonly RedisCheck _redis;
    private readonly LibraryCheck _library;
    private readonly ToolCheck _tools;
    private readonly SourceCheck _sources;
    private readonly ProfileCheck _profile;

    internal Doctor(
        DataFolderCheck data, DatabaseCheck database, RedisCheck redis, LibraryCheck library, ToolCheck tools, SourceCheck sources, ProfileCheck profile) =>
        (_data, _database, _redis, _library, _tools, _sources, _profile) = (data, database, redis, library, tools, sources, profile);

    /// <summary>Names of all profiles, those that cannot be used by their file's name.</summary>
    public IReadOnlyList<string> Profiles => _profile.Names;

    public bool Knows(string profile) => _profile.Names.Contains(profile);

    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var finding in _data.Examine())
        {
            yield return finding;
        }

        await foreach (var finding in _database.ExamineAsync(cancellationToken))
        {
            yield return finding;
        }

        foreach (var finding in await _redis.ExamineAsync())
        {
            yield return finding;
        }

        foreach (var finding in await _library.ExamineAsync(cancellationToken))
        {
            yield return finding;
        }

        await foreach (var finding in _tools.ExamineAsync(cancellationToken))
        {
            yield return finding;
        }

        foreach (var finding in _sources.Examine())
        {
            yield return finding;
        }
    }

    /// <summary>One site profile: whether it is valid, reads the pages that were saved for it, and, when it is on, the site itself.</summary>
    public IAsyncEnumerable<Finding> ExamineProfileAsync(string name, CancellationToken cancellationToken = default) =>
        _profile.ExamineAsync(name, cancellationToken);
}
