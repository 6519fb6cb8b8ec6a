using System.Diagnostics;
using AniWorld.Blazor.CommandLine;
using AniWorld.Services;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Faults;

namespace AniWorld.Blazor.Downloads;

/// <summary>Fetches what was ordered, so many at once, and says how it went.</summary>
internal sealed class FetchRun(AniWorldOptions options, bool allowPrivate)
{
    /// <returns>Done only when every file is there.</returns>
    /// <exception cref="OperationCanceledException">Interrupted; what is there of the files stays.</exception>
    public async Task<int> RunAsync(IReadOnlyList<FetchOrder> orders, int parallel, IFetchReport report, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddMediaFetch(options, allowPrivate).BuildServiceProvider();
        var fetch = services.GetRequiredService<MediaFetch>();
        var transfers = orders.Select(order => new FetchTransfer(order)).ToList();
        using var over = new CancellationTokenSource();
        var showing = report.ShowAsync(transfers, over.Token);
        try
        {
            await FetchAllAsync(transfer => FetchAsync(fetch, transfer, report, cancellationToken), transfers, parallel, cancellationToken);
        }
        finally
        {
            await over.CancelAsync();
            await showing;
        }

        report.Over(transfers);
        return transfers.TrueForAll(transfer => transfer.Media is not null) ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>So many use the line at once; those that are only being verified hold up no other.</summary>
    private static async Task FetchAllAsync(
        Func<FetchTransfer, Task> fetch, List<FetchTransfer> transfers, int parallel, CancellationToken cancellationToken)
    {
        using var line = new SemaphoreSlim(parallel);
        var running = new List<Task>();
        try
        {
            foreach (var transfer in transfers)
            {
                await line.WaitAsync(cancellationToken);
                var fetching = fetch(transfer);
                running.Add(fetching);
                running.Add(FreeAsync(transfer, fetching));
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }

        async Task FreeAsync(FetchTransfer transfer, Task fetching)
        {
            await Task.WhenAny(transfer.Transferred, fetching);
            line.Release();
        }
    }

    private async Task FetchAsync(MediaFetch fetch, FetchTransfer transfer, IFetchReport report, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var media = await fetch.FetchAsync(transfer.Order, transfer, cancellationToken);
            transfer.Complete(media, Stopwatch.GetElapsedTime(start));
            report.Completed(transfer);
        }
        catch (FaultException fault)
        {
            transfer.Fail(Explained(fault), Stopwatch.GetElapsedTime(start));
            report.Failed(transfer);
        }
    }

    /// <summary>Here the way into a private network is an option, not a setting.</summary>
    private FaultException Explained(FaultException fault) => fault.Code == FaultCode.BlockedAddress && !allowPrivate
        ? new(fault.Code, new Sentence("fault_fetch_private"), fault)
        : fault;
}
