using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Library;

/// <summary>
/// Makes series of folders that lie in the library and belong to nobody. Matches are looked for and taken over in the background, one piece of
/// work at a time, so that a page may be left meanwhile. Videos are neither moved nor renamed.
/// </summary>
public sealed class FolderImport(
    FolderMatching matching, AnimeService anime, SeriesIntake intake, ConfigService configuration, IDbContextFactory<AniWorldDbContext> databases,
    ILogger<FolderImport> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, FolderMatch> _matches = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;

    /// <summary>Told when a match was found, a folder was taken over, or the work has ended; from any thread.</summary>
    public event Action? Changed;

    /// <summary>What goes on; <see langword="null"/> when nothing does.</summary>
    public FolderWork? Work { get; private set; }

    /// <summary>Folders that no series claims, as the last scan saw them, by name.</summary>
    public async Task<IReadOnlyList<UnknownFolder>> ListAsync(CancellationToken cancellationToken = default)
    {
        var ignored = configuration.Current.Library.IgnoredFolders.ToHashSet();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var series = await database.Series.Select(s => s.Folder).ToListAsync(cancellationToken);
        var folders = await database.LibraryFolders.AsNoTracking().Where(f => f.SeriesId == null).ToListAsync(cancellationToken);
        return
        [
            .. folders.ExceptBy(series, folder => folder.Path).OrderBy(folder => folder.Path, StringComparer.InvariantCultureIgnoreCase)
                .Select(folder => new UnknownFolder(folder.Path, folder.Files, folder.Size, folder.GuessedName ?? folder.Path, folder.GuessedYear, ignored.Contains(folder.Path))),
        ];
    }

    /// <returns>What the catalogues said of a folder; <see langword="null"/> before they were asked.</returns>
    public FolderMatch? MatchOf(string folder) => _matches.GetValueOrDefault(folder);

    /// <summary>Asks the catalogues about one folder, in other words than its name.</summary>
    public async Task SearchAsync(string folder, string query, CancellationToken cancellationToken = default)
    {
        _matches[folder] = await MatchAsync(folder, query, cancellationToken);
        Changed?.Invoke();
    }

    /// <summary>Looks in the background which series these folders are for.</summary>
    /// <returns>False when something goes on already.</returns>
    public bool StartMatching(IReadOnlyList<string> folders) => Start(FolderWorkKind.Matching, folders, async (folder, token) =>
    {
        var match = await MatchAsync(folder, null, token);
        _matches[folder] = match;
        return match.Problem is null;
    });

    /// <summary>Takes folders over in the background: each gets the series of its link.</summary>
    /// <param name="links">By folder.</param>
    /// <param name="languageProfile"><see langword="null"/> for the usual one.</param>
    /// <returns>False when something goes on already.</returns>
    public bool StartAssigning(IReadOnlyDictionary<string, string> links, string? languageProfile)
    {
        // A folder that was begun is taken over whole; a cancellation is heard between two of them.
        var closing = _closing.Token;
        return Start(FolderWorkKind.Assigning, [.. links.Keys], async (folder, _) =>
        {
            var problem = await AssignAsync(folder, links[folder], languageProfile, closing);
            if (problem is null)
            {
                _matches.TryRemove(folder, out var _);
            }
            else
            {
                _matches[folder] = (_matches.GetValueOrDefault(folder) ?? new FolderMatch([], null)) with { Problem = problem };
            }

            return problem is null;
        });
    }

    /// <summary>Ends the work after the folder that it is at.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _running?.Cancel();
        }
    }

    /// <summary>Leaves folders out of the list, or takes them in again.</summary>
    /// <exception cref="FaultException">The configuration would not have it.</exception>
    public async Task IgnoreAsync(IReadOnlyCollection<string> folders, bool ignored, CancellationToken cancellationToken = default)
    {
        var now = configuration.Current.Library.IgnoredFolders;
        var names = ignored ? now.Union(folders) : now.Except(folders);
        var patch = new JsonObject { ["library"] = new JsonObject { ["ignored_folders"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) } };
        if (await configuration.PutAsync(JsonSerializer.SerializeToElement(patch), cancellationToken) is ConfigChange.Invalid(var problems))
        {
            throw new FaultException(FaultCode.Internal, Sentence.Join(problems.Select(problem => problem.Said)));
        }

        Changed?.Invoke();
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    private async Task<FolderMatch> MatchAsync(string folder, string? query, CancellationToken cancellationToken)
    {
        try
        {
            return await matching.FindAsync(folder, query, cancellationToken) is { } candidates
                ? new FolderMatch(candidates, null)
                : new FolderMatch([], new Sentence("import_no_source"));
        }
        catch (FaultException fault)
        {
            return new FolderMatch([], new Sentence("plain", fault));
        }
    }

    /// <returns>Why not; <see langword="null"/> when the folder has its series now.</returns>
    private async Task<Sentence?> AssignAsync(string folder, string link, string? languageProfile, CancellationToken cancellationToken)
    {
        try
        {
            return await anime.PreviewAsync(link, cancellationToken) switch
            {
                PreviewResult.Found found => Problem((await intake.AddAsync(found, new IntakeWishes(languageProfile, Folder: folder), cancellationToken)).Outcome),
                PreviewResult.Refused(AddResult.AlreadyThere(var key)) => await intake.AdoptAsync(key, folder, cancellationToken),
                PreviewResult.Refused(var why) => Problem(why),
                _ => null,
            };
        }
        catch (FaultException fault)
        {
            return new Sentence("plain", fault);
        }
    }

    private static Sentence? Problem(AddResult outcome) => outcome switch
    {
        AddResult.NotRecognised(var message) => message,
        AddResult.NotFound(var message) => message,
        AddResult.Invalid(_, var message) => FaultSentences.Read(message),
        AddResult.AlreadyThere => new Sentence("import_added_meanwhile"),
        _ => null,
    };

    /// <param name="act">Says whether it went well.</param>
    private bool Start(FolderWorkKind kind, IReadOnlyList<string> folders, Func<string, CancellationToken, Task<bool>> act)
    {
        CancellationTokenSource running;
        lock (_gate)
        {
            if (_running is not null || folders.Count == 0)
            {
                return false;
            }

            _running = running = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            Work = new FolderWork(kind, 0, folders.Count, 0, folders[0]);
        }

        _ = Task.Run(() => RunAsync(folders, act, running), CancellationToken.None);
        Changed?.Invoke();
        return true;
    }

    /// <summary>One folder that fails in a way nobody foresaw leaves the others alone.</summary>
    private async Task<bool> TryAsync(string folder, Func<string, CancellationToken, Task<bool>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act(folder, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "The import of the folder {Folder} failed", folder);
            _matches[folder] = (_matches.GetValueOrDefault(folder) ?? new FolderMatch([], null)) with { Problem = new Sentence("import_broke") };
            return false;
        }
    }

    private async Task RunAsync(IReadOnlyList<string> folders, Func<string, CancellationToken, Task<bool>> act, CancellationTokenSource running)
    {
        try
        {
            foreach (var folder in folders)
            {
                running.Token.ThrowIfCancellationRequested();
                Work = Work! with { Folder = folder };
                var well = await TryAsync(folder, act, running.Token);
                Work = Work with { Done = Work.Done + 1, Failed = Work.Failed + (well ? 0 : 1) };
                Changed?.Invoke();
            }
        }
        catch (OperationCanceledException)
        {
            // What is done stays done.
        }
        finally
        {
            lock (_gate)
            {
                (_running, Work) = (null, null);
            }

            running.Dispose();
            Changed?.Invoke();
        }
    }
}

/// <summary>A folder below the library's root that no series claims.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Files">Videos in it, at any depth.</param>
/// <param name="Size">Their bytes.</param>
/// <param name="Name">What its series is probably called.</param>
/// <param name="IsIgnored">The user does not want to see it.</param>
public sealed record UnknownFolder(string Path, int Files, long Size, string Name, int? Year, bool IsIgnored);

/// <summary>What the catalogues said of a folder.</summary>
/// <param name="Candidates">The best first.</param>
/// <param name="Problem">Why they could not be asked, or the folder not be taken over.</param>
public sealed record FolderMatch(IReadOnlyList<FolderCandidate> Candidates, Sentence? Problem);

public enum FolderWorkKind
{
    Matching,
    Assigning,
}

/// <summary>How far a piece of work on folders is.</summary>
/// <param name="Folder">The one that it is at.</param>
public sealed record FolderWork(FolderWorkKind Kind, int Done, int Total, int Failed, string Folder);
