using Microsoft.Extensions.Hosting;
using Quartz;

namespace AniWorld.Services.Scheduling;

/// <summary>Makes up for what was due while the server was down: each job once, one after the other, in the order of the list.</summary>
internal sealed class CatchUpJob(IEnumerable<IScheduledWork> works, JobRuns runs, IHostApplicationLifetime host) : IJob
{
    /// <summary>Member of the job's data: the names of the jobs, with commas between them.</summary>
    public const string Jobs = "jobs";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        foreach (var name in context.MergedJobDataMap.GetString(Jobs)!.Split(','))
        {
            await runs.RunAsync(works.First(work => work.Name == name), stopping.Token);
        }
    }
}
