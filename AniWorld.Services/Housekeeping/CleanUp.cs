using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using AniWorld.Services.Scheduling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Housekeeping;

/// <summary>Removes what nobody needs any more, once it is as old as the settings say. Touches nothing that AniWorld did not put there.</summary>
internal sealed class CleanUp(
    LibraryCleanUp library,
    OldRows rows,
    CoverService covers,
    PageStore pages,
    DataFolder data,
    IOptionsMonitor<AniWorldOptions> options,
    TimeProvider time,
    ILogger<CleanUp> logger)
{
    /// <remarks>What fails is named and hinders nothing else.</remarks>
    public async Task<WorkOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var ages = options.CurrentValue.CleanUp;
        var done = new List<Sentence>();
        await StepAsync(new Sentence("cleaned_trash"), () => library.EmptyTrashAsync(Before(options.CurrentValue.Library.TrashDays), cancellationToken), done);
        await StepAsync(new Sentence("cleaned_quarantine"), () => library.EmptyQuarantineAsync(Before(ages.QuarantineDays), cancellationToken), done);
        await StepAsync(new Sentence("cleaned_partials"), () => library.DiscardPartialsAsync(cancellationToken), done);
        await StepAsync(new Sentence("cleaned_covers"), () => covers.ForgetAsync(Before(ages.CacheDays), cancellationToken), done);
        await StepAsync(new Sentence("cleaned_pages"), () => Task.Run(() => pages.Forget(Before(ages.CacheDays)), cancellationToken), done);
        await StepAsync(new Sentence("cleaned_logs"), () => Task.FromResult(ForgetLogs(Before(ages.LogDays))), done);
        await StepAsync(
            new Sentence("cleaned_history"), () => rows.ForgetAsync(Before(ages.HistoryDays), Before(Math.Max(ages.HistoryDays, options.CurrentValue.Library.TrashDays)), cancellationToken), done);
        return new WorkOutcome.Done(done.Count == 0 ? new Sentence("job_nothing_removed") : Sentence.Join([new Sentence("job_removed"), .. done]));
    }

    private DateTimeOffset Before(int days) => time.GetUtcNow().AddDays(-days);

    private async Task StepAsync(Sentence what, Func<Task<int>> step, List<Sentence> done)
    {
        try
        {
            if (await step() is > 0 and var count)
            {
                done.Add(new Sentence("cleaned", what, count));
            }
        }
        catch (Exception e) when (e is FaultException || DiskFault.Is(e))
        {
            logger.LogWarning("The clean-up left the {What} out: {Reason}", what, e.Message);
            done.Add(new Sentence("cleaned_not", what, e));
        }
    }

    private int ForgetLogs(DateTimeOffset before)
    {
        var old = Directory.Exists(data.Logs)
            ? new DirectoryInfo(data.Logs).EnumerateFiles("aniworld-*.json").Where(file => file.LastWriteTimeUtc < before.UtcDateTime).ToList()
            : [];
        old.ForEach(file => file.Delete());
        return old.Count;
    }
}
