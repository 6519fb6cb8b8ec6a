using Microsoft.Extensions.Hosting;
using Quartz;

namespace AniWorld.Services.Scheduling;

/// <summary>The door from the clock to the work that has the job's name.</summary>
/// <remarks>Told to end when the scheduler stops, or when somebody cancels the job, on whichever node that is.</remarks>
internal sealed class WorkJob(IEnumerable<IScheduledWork> works, JobRuns runs, IHostApplicationLifetime host) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var work in works.Where(work => work.Name == context.JobDetail.Key.Name))
        {
            using var stopping = new CancellationTokenSource();
            await using var told = cancellationToken.Register(() =>
            {
                if (host.ApplicationStopping.IsCancellationRequested)
                {
                    stopping.Cancel();
                }
                else
                {
                    runs.Cancel(work.Name);
                }
            });
            await runs.RunAsync(work, stopping.Token);
        }
    }
}
