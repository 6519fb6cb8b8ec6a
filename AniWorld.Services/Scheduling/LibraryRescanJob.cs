using Microsoft.Extensions.Hosting;
using Quartz;

namespace AniWorld.Services.Scheduling;

/// <summary>The door from the clock to the scan of the library.</summary>
[DisallowConcurrentExecution]
internal sealed class LibraryRescanJob(IEnumerable<IScheduledWork> works, JobRuns runs, IHostApplicationLifetime host) : IJob
{
    public const string Name = "library-rescan";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        foreach (var work in works.Where(work => work.Name == Name))
        {
            await runs.RunAsync(work, stopping.Token);
        }
    }
}
