using AniWorld.Blazor.Layout;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Catalogue;

/// <summary>Finds series in the catalogues, by name or by link, and adds them to the library.</summary>
public sealed partial class AddPage(
    AnimeService anime, ProviderRegistry providers, SiteHealth health, UserActions actions, IDialogService dialogs, NavigationManager navigation, TimeProvider time)
    : ComponentBase, IDisposable
{
    /// <summary>Shorter texts would find everything.</summary>
    private const int ShortestSearch = 2;

    /// <summary>The contract's limit for a search.</summary>
    private const int LongestSearch = 200;

    private CancellationTokenSource _search = new();
    private CatalogueSearch? _found;
    private bool _sourcesOn;
    private bool _isSearching;
    private string _text = "";
    private string? _failure;

    /// <summary>What to search for at once, or a link to look at.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    /// <summary>What another program shared: a link, or a text with one in it.</summary>
    [SupplyParameterFromQuery(Name = "url")]
    public string? SharedLink { get; set; }

    /// <inheritdoc cref="SharedLink"/>
    [SupplyParameterFromQuery(Name = "text")]
    public string? SharedText { get; set; }

    /// <inheritdoc cref="SharedLink"/>
    [SupplyParameterFromQuery(Name = "title")]
    public string? SharedTitle { get; set; }

    private bool IsLink => Uri.TryCreate(_text.Trim(), UriKind.Absolute, out var link)
        && (link.Scheme == Uri.UriSchemeHttp || link.Scheme == Uri.UriSchemeHttps);

    /// <summary>Programs put the link into either field, mostly behind the page's title.</summary>
    private string? Shared => new[] { SharedLink, SharedText }.OfType<string>().SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(word => word.StartsWith("http", StringComparison.OrdinalIgnoreCase)) ?? SharedText ?? SharedTitle;

    private string SourceNames => providers.Enabled.Select(provider => provider.Site).Aggregate((all, one) => AddTexts.Of("And", all, one));

    private IEnumerable<(ISeriesProvider Source, SiteTrouble Trouble)> Troubled =>
        providers.Enabled.Select(source => (source, health.TroubleOf(source.Name))).Where(one => one.Item2 is not null).Select(one => (one.source, one.Item2!));

    public void Dispose()
    {
        _search.Cancel();
        _search.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _text = Query ?? Shared ?? "";
        return LookAsync();
    }

    private Task LookAsync()
    {
        _sourcesOn = providers.Enabled.Count > 0;
        return _sourcesOn && _text.Length > 0 ? SearchAsync() : Task.CompletedTask;
    }

    private Task TypeAsync(string? text)
    {
        _text = text ?? "";
        _failure = null;
        return SearchAsync();
    }

    private Task SubmitAsync() => IsLink ? AskAsync(_text.Trim(), null) : SearchAsync();

    /// <summary>Searches for what is typed; a search that is under way is given up.</summary>
    private async Task SearchAsync()
    {
        await _search.CancelAsync();
        _search.Dispose();
        _search = new CancellationTokenSource();
        var token = _search.Token;
        var text = _text.Trim();
        _failure = null;
        if (IsLink || text.Length < ShortestSearch)
        {
            (_found, _isSearching) = (null, false);
            return;
        }

        _isSearching = true;
        try
        {
            _found = await anime.SearchAsync(text.Length > LongestSearch ? text[..LongestSearch] : text, cancellationToken: token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            (_found, _failure) = (null, FailureSentence.Of(e));
        }

        if (!token.IsCancellationRequested)
        {
            _isSearching = false;
        }
    }

    /// <summary>Lets the user choose how the series is added, and says what became of it.</summary>
    /// <param name="name">As the search has it; <see langword="null"/> for a pasted link.</param>
    private async Task AskAsync(string link, string? name)
    {
        var parameters = new DialogParameters<AddDialog> { { dialog => dialog.Link, link }, { dialog => dialog.ShowsName, name is null } };
        var dialog = await dialogs.ShowAsync<AddDialog>(name is null ? AddTexts.Of("Title") : AddTexts.Of("DialogTitle", name), parameters);
        switch ((await dialog.Result)?.Data)
        {
            case IntakeResult { Outcome: AddResult.Added(var series) } taken:
                MarkAsThere(series.Key);
                Offer(Sentence(series, taken), series.Key);
                if (name is null)
                {
                    navigation.NavigateTo($"series/{series.Key}");
                }

                break;
            case string there:
                MarkAsThere(there);
                Offer(AddTexts.Of("Already", name ?? AddTexts.Of("ThisSeries")), there);
                break;
        }
    }

    private static string Sentence(SeriesSummary series, IntakeResult taken) => string.Join(' ', new[]
    {
        AddTexts.Of("Added", series.Name, AddTexts.Count("Episodes", series.EpisodeCount)),
        taken.Files > 0 ? AddTexts.Count("AddedFiles", taken.Files) : null,
        taken.Queued is { Added.Count: > 0 } queued ? AddTexts.Count("Queued", queued.Added.Count) : null,
    }.OfType<string>());

    private void Offer(string sentence, string key) => actions.Offer(sentence, AddTexts.Of("Open"), () =>
    {
        navigation.NavigateTo($"series/{key}");
        return Task.CompletedTask;
    });

    private void MarkAsThere(string key) => _found = _found is null
        ? null
        : _found with { Hits = [.. _found.Hits.Select(hit => hit.Hit.Key == key ? hit with { InLibrary = true } : hit)] };
}
