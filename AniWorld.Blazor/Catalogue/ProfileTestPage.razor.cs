using AniWorld.Blazor.Layout;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Catalogue.SiteProfiles;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AniWorld.Blazor.Catalogue;

/// <summary>For who writes a site profile: what each of its selectors finds on a page.</summary>
public sealed partial class ProfileTestPage(ProfileTester tester, ProviderRegistry providers, IJSRuntime browser) : ComponentBase, IDisposable
{
    private const int MostLines = 30;
    private const int MostValues = 8;

    private readonly CancellationTokenSource _leaving = new();
    private string _address = "";
    private string? _profile;
    private string? _failure;
    private ProfileTrial? _trial;
    private Action? _refresh;
    private bool _isBusy;
    private bool _appears;
    private ElementReference _found;

    public void Dispose()
    {
        providers.Changed -= _refresh;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <summary>A profile that is saved meanwhile shows what is wrong with it at once.</summary>
    protected override void OnInitialized() => providers.Changed += _refresh = ReaderLanguage.Keep(() => _ = InvokeAsync(StateHasChanged));

    private async Task TryAsync()
    {
        if (_isBusy || string.IsNullOrWhiteSpace(_address))
        {
            return;
        }

        (_isBusy, _failure, _trial) = (true, null, null);
        try
        {
            _trial = await tester.TryAsync(_address, _profile, _leaving.Token);
        }
        catch (InvalidDataException e)
        {
            _failure = e.Message;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failure = FailureSentence.Of(e);
        }
        finally
        {
            (_isBusy, _appears) = (false, true);
        }
    }

    /// <summary>What was found stands below the form, which a pasted profile makes longer than the screen.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_appears)
        {
            return;
        }

        _appears = false;
        try
        {
            await browser.InvokeVoidAsync("aniworldPage.show", _found);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }
}
