using System.Collections.Concurrent;

namespace AniWorld.Services.Progress;

/// <summary>The hub's own set of callbacks: what operations report becomes events.</summary>
/// <remarks>
/// Progress becomes progress. The first error of each kind within a scan becomes a notice. How a download or a scan ended is for
/// the queue and the scan service to say: only they know whether it is tried again and what the database holds.
/// </remarks>
internal sealed class CallbackEvents(ProgressService hub)
{
    private readonly ConcurrentDictionary<(Guid Operation, string Code), bool> _told = new();

    public IDisposable Register(CallbackManager callbacks) => new Set(
        callbacks.OnProgress(OnProgress), callbacks.OnError(OnError), callbacks.OnCompletion(OnCompletion));

    private void OnProgress(ProgressContext context)
    {
        switch (context)
        {
            case { Operation: OperationKind.Scan }:
                hub.Publish(new ScanProgressed(
                    context.OperationId, (int)context.Current, (int)(context.Total ?? 0), context.Key.Length == 0 ? null : context.Key,
                    context.Folder, context.Message ?? ""));
                break;
            case { Operation: OperationKind.Download, Transfer: { } transfer }:
                hub.Publish(new DownloadProgressed(
                    context.OperationId, context.Key, context.Folder ?? "", context.Season ?? 0, context.Number ?? 0, transfer.Phase,
                    context.Percent, transfer.DownloadedBytes, transfer.TotalBytes, transfer.Speed, transfer.TimeLeft));
                break;
        }
    }

    private void OnError(ErrorContext context)
    {
        if (context.Operation == OperationKind.Scan && _told.TryAdd((context.OperationId, context.Code), true))
        {
            hub.Publish(new SystemNotice("warning", context.Code, context.Message));
        }
    }

    private void OnCompletion(CompletionContext context)
    {
        foreach (var told in _told.Keys.Where(told => told.Operation == context.OperationId))
        {
            _told.TryRemove(told, out _);
        }
    }

    private sealed class Set(params IDisposable[] registrations) : IDisposable
    {
        public void Dispose()
        {
            foreach (var registration in registrations)
            {
                registration.Dispose();
            }
        }
    }
}
