namespace AniWorld.Services.Scheduling;

/// <summary>A service's method as a job.</summary>
internal sealed class ServiceWork(string name, string cron, Func<CancellationToken, Task<WorkOutcome>> run) : IScheduledWork
{
    public string Name => name;

    public string Cron => cron;

    public Task<WorkOutcome> RunAsync(CancellationToken cancellationToken) => run(cancellationToken);
}
