using Microsoft.Extensions.Hosting;
using Quartz;

namespace AniWorld.Services.Scheduling;

/// <summary>The door from the clock to the work that has the job's name.</summary>
internal sealed class WorkJob(IEnumerable<IScheduledWork> works, JobRuns runs, IHostApplicationLifetime host) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        foreach (var work in works.Where(work => work.Name == context.JobDetail.Key.Name))
        {
            await runs.RunAsync(work, stopping.Token);
        }
    }
}
