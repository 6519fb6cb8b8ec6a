using AniWorld.Blazor.Layout;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Catalogue;

/// <summary>Finds series in the catalogues, by name or by link, and adds them to the library.</summary>
public sealed partial class AddPage(AnimeService anime, ProviderRegistry providers, UserActions actions, NavigationManager navigation)
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
    private string? _adding;
    private string? _failure;
    private string? _refusal;

    /// <summary>What to search for at once.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    private bool IsLink => Uri.TryCreate(_text.Trim(), UriKind.Absolute, out var link)
        && (link.Scheme == Uri.UriSchemeHttp || link.Scheme == Uri.UriSchemeHttps);

    private string SourceNames => string.Join(" and ", providers.Enabled.Select(provider => provider.Site));

    public void Dispose()
    {
        _search.Cancel();
        _search.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _text = Query ?? "";
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
        (_failure, _refusal) = (null, null);
        return SearchAsync();
    }

    private Task SubmitAsync() => IsLink ? AddAsync(_text.Trim(), null) : SearchAsync();

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

    /// <param name="name">As the search has it; <see langword="null"/> for a pasted link.</param>
    private async Task AddAsync(string link, string? name)
    {
        if (_adding is not null)
        {
            return;
        }

        (_adding, _refusal) = (link, null);
        await actions.TryAsync(async () => Show(await anime.AddAsync(link), name));
        _adding = null;
    }

    private void Show(AddResult result, string? name)
    {
        switch (result)
        {
            case AddResult.Added({ } series):
                MarkAsThere(series.Key);
                if (name is null)
                {
                    navigation.NavigateTo($"series/{series.Key}");
                }

                Offer($"{series.Name} was added, with {Amount.Count(series.EpisodeCount, "episode", "episodes")}.", series.Key);
                break;
            case AddResult.AlreadyThere(var key):
                MarkAsThere(key);
                Offer($"{name ?? "This series"} is in the library already.", key);
                break;
            case AddResult.NotRecognised(var message):
                _refusal = message;
                break;
            case AddResult.NotFound(var message):
                _refusal = message;
                break;
            case AddResult.Invalid(_, var message):
                _refusal = message;
                break;
        }
    }

    private void Offer(string sentence, string key) => actions.Offer(sentence, "Open", () =>
    {
        navigation.NavigateTo($"series/{key}");
        return Task.CompletedTask;
    });

    private void MarkAsThere(string key) => _found = _found is null
        ? null
        : _found with { Hits = [.. _found.Hits.Select(hit => hit.Hit.Key == key ? hit with { InLibrary = true } : hit)] };
}
