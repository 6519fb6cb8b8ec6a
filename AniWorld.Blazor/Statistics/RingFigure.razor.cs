using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Statistics;

/// <summary>Shares of a whole: as a ring, and beside it as the table that names its colours.</summary>
public sealed partial class RingFigure : ComponentBase
{
    /// <summary>Of the text that names it.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Of the text above the first column.</summary>
    [Parameter, EditorRequired]
    public required string Head { get; set; }

    /// <summary>The largest first; see <see cref="SizeShare.Of"/>.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<SizeShare> Shares { get; set; }

    private long Total => Shares.Sum(share => share.Bytes);
}

/// <param name="Href">Where it leads; <see langword="null"/> for nowhere.</param>
public sealed record SizeShare(string Name, long Bytes, string? Href)
{
    /// <summary>As many as there are colours: what is beyond them is one.</summary>
    public static IReadOnlyList<SizeShare> Of(IReadOnlyList<SizeShare> all) => all.Count <= Charts.Palette.Length
        ? all
        :
        [
            .. all.Take(Charts.Palette.Length - 1),
            new(StatisticsTexts.Of("Others", all.Count - Charts.Palette.Length + 1), all.Skip(Charts.Palette.Length - 1).Sum(share => share.Bytes), null),
        ];
}
