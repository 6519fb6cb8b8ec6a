using System.Globalization;

namespace AniWorld.Blazor.Downloads;

/// <summary>Plain lines: how each transfer is every few seconds, and how it ended.</summary>
internal sealed class FetchLines(TextWriter output, TextWriter errors) : WrittenReport(TimeSpan.FromSeconds(5))
{
    public override void Over(IReadOnlyList<FetchTransfer> transfers)
    {
        if (transfers.Count > 1)
        {
            var complete = transfers.Count(transfer => transfer.Media is not null);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{complete} of {transfers.Count} files complete"));
        }
    }

    protected override void WriteProgress(FetchTransfer transfer) => output.WriteLine($"{transfer.Name}: {FetchText.Of(transfer.Look())}");

    protected override void WriteCompleted(FetchTransfer transfer) => output.WriteLine(FetchText.Completed(transfer));

    protected override void WriteFailed(FetchTransfer transfer) => errors.WriteLine(FetchText.Failed(transfer));
}
