using System.Runtime.CompilerServices;

namespace AniWorld.Blazor.Downloads;

/// <summary>Tells whoever called <c>fetch</c> how it goes. Safe for several threads.</summary>
internal interface IFetchReport
{
    /// <summary>Shows how the transfers advance until they are over. Throws nothing when that is so.</summary>
    Task ShowAsync(IReadOnlyList<FetchTransfer> transfers, CancellationToken over);

    void Completed(FetchTransfer transfer);

    void Failed(FetchTransfer transfer);

    /// <summary>All have ended, and nothing is shown any more.</summary>
    void Over(IReadOnlyList<FetchTransfer> transfers);
}

internal static class FetchReports
{
    /// <summary>Bars for people at a terminal, lines for logs, JSON for programs.</summary>
    public static IFetchReport For(bool json, bool isPiped) =>
        json ? Json() : isPiped ? new FetchLines(Console.Out, Console.Error) : Bars();

    // Apart from each other, so that only the library of the one in use is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FetchJson Json() => new(Console.Out);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FetchBars Bars() => new();
}
