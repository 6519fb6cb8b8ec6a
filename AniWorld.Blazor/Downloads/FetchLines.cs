using System.Globalization;

namespace AniWorld.Blazor.Downloads;

/// <summary>Plain lines: how each transfer is every few seconds, and how it ended.</summary>
internal sealed class FetchLines(TextWriter output, TextWriter errors) : IFetchReport
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task ShowAsync(IReadOnlyList<FetchTransfer> transfers, CancellationToken over)
    {
        while (await FetchClock.TickAsync(Interval, over))
        {
            foreach (var transfer in transfers.Where(transfer => transfer.IsUnderWay))
            {
                output.WriteLine($"{transfer.Name}: {FetchText.Of(transfer.Look())}");
            }
        }
    }

    public void Completed(FetchTransfer transfer) => output.WriteLine(FetchText.Completed(transfer));

    public void Failed(FetchTransfer transfer) => errors.WriteLine(FetchText.Failed(transfer));

    public void Over(IReadOnlyList<FetchTransfer> transfers)
    {
        if (transfers.Count > 1)
        {
            var complete = transfers.Count(transfer => transfer.Media is not null);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{complete} of {transfers.Count} files complete"));
        }
    }
}
