using System.Globalization;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Library;

/// <summary>What of the library is shown, in which order and how: search, chips with the number of series behind each, order and view.</summary>
public sealed partial class LibraryFilters(IOptionsMonitor<AniWorldOptions> options) : ComponentBase
{
    private static readonly SeriesTraits[] Traits = [.. Enum.GetValues<SeriesTraits>().Where(trait => trait is not SeriesTraits.None)];

    [Parameter, EditorRequired]
    public required LibraryView View { get; set; }

    /// <summary>How many of the series that are shown have each trait.</summary>
    [Parameter]
    public IReadOnlyDictionary<SeriesTraits, int> Counts { get; set; } = new Dictionary<SeriesTraits, int>();

    [Parameter]
    public bool IsSelecting { get; set; }

    /// <summary>The view as it should be.</summary>
    [Parameter]
    public EventCallback<LibraryView> OnShow { get; set; }

    [Parameter]
    public EventCallback OnClear { get; set; }

    /// <summary>Selecting begins or ends.</summary>
    [Parameter]
    public EventCallback OnSelecting { get; set; }

    private IReadOnlyList<LanguageProfile> Profiles => options.CurrentValue.Languages.Profiles;

    private string ProfileName => View.Profile switch
    {
        null => LibraryTexts.Of("AnyProfile"),
        "" => LibraryTexts.Of("GeneralProfile"),
        var name => name,
    };

    /// <summary>Those that lead somewhere, and those that are on.</summary>
    private IEnumerable<SeriesTraits> Shown => Traits.Where(trait => Counts.ContainsKey(trait) || View.Traits.HasFlag(trait));

    private static string NameOf(SeriesSort sort) => LibraryTexts.Of($"Sort_{sort}");

    private string CountOf(SeriesTraits trait) => Counts.GetValueOrDefault(trait).ToString("N0", CultureInfo.CurrentCulture);

    private Task ShowAsync(LibraryView view) => OnShow.InvokeAsync(view);
}
