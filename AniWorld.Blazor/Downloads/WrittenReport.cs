namespace AniWorld.Blazor.Downloads;

/// <summary>A report that is written line by line. The last line about a transfer is how it ended.</summary>
/// <param name="interval">Between two lines of how far a transfer is.</param>
internal abstract class WrittenReport(TimeSpan interval) : IFetchReport
{
    private readonly Lock _line = new();

    public async Task ShowAsync(IReadOnlyList<FetchTransfer> transfers, CancellationToken over)
    {
        while (await FetchClock.TickAsync(interval, over))
        {
            foreach (var transfer in transfers)
            {
                lock (_line)
                {
                    if (transfer.IsUnderWay)
                    {
                        WriteProgress(transfer);
                    }
                }
            }
        }
    }

    public void Completed(FetchTransfer transfer)
    {
        lock (_line)
        {
            WriteCompleted(transfer);
        }
    }

    public void Failed(FetchTransfer transfer)
    {
        lock (_line)
        {
            WriteFailed(transfer);
        }
    }

    public virtual void Over(IReadOnlyList<FetchTransfer> transfers)
    {
    }

    protected abstract void WriteProgress(FetchTransfer transfer);

    protected abstract void WriteCompleted(FetchTransfer transfer);

    protected abstract void WriteFailed(FetchTransfer transfer);
}
