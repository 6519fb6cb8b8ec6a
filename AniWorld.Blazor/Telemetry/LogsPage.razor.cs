using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Scheduling;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using Serilog.Events;

namespace AniWorld.Blazor.Telemetry;

/// <summary>The log as it grows. Level and search stand in the address.</summary>
public sealed partial class LogsPage(
    LogReader reader, LogFiles logFiles, IOptionsMonitor<AniWorldOptions> options, NavigationManager navigation, IJSRuntime browser, TimeProvider time)
    : ComponentBase, IDisposable
{
    private const int Shown = 100;

    /// <summary>Of a page that stays open for hours the oldest lines go; they can be asked for again.</summary>
    private const int Most = 1_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly LogFilter Everything = new(LogEventLevel.Verbose, null);

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<LogFile> _files = [];
    private IReadOnlyList<LogLine>? _lines;
    private LogFilter _filter = Everything;
    private LogPlace? _newest;
    private LogPlace? _older;
    private TimeZoneInfo? _zone;
    private string? _failure;
    private bool _isPaused;
    private bool _isReading;

    [SupplyParameterFromQuery(Name = "level")]
    public string? LevelName { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    private TimeZoneInfo Zone => _zone ?? time.LocalTimeZone;

    private bool IsFiltered => _filter != Everything;

    /// <summary>What is written to the log at all.</summary>
    private LogEventLevel Written => Enum.Parse<LogEventLevel>(options.CurrentValue.Logging.Level, ignoreCase: true);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var filter = new LogFilter(
            Enum.TryParse<LogEventLevel>(LevelName, ignoreCase: true, out var level) && Enum.IsDefined(level) ? level : LogEventLevel.Verbose,
            string.IsNullOrWhiteSpace(Search) ? null : Search);
        if (_lines is null || filter != _filter)
        {
            _filter = filter;
            await LoadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _ = FollowAsync();
            if (await UserTimeZone.AskAsync(browser) is { } zone)
            {
                _zone = zone;
                StateHasChanged();
            }
        }
    }

    private Task LoadAsync() => ReadAsync(async () =>
    {
        var filter = _filter;
        _files = logFiles.List();
        var part = await reader.ReadBackAsync(filter, before: null, Shown, _leaving.Token);
        if (filter == _filter)
        {
            (_lines, _newest, _older) = (part.Lines, part.Newest, part.Older);
        }
    });

    private Task ReadOlderAsync() => ReadAsync(async () =>
    {
        var (filter, older) = (_filter, _older);
        var part = await reader.ReadBackAsync(filter, older, Shown, _leaving.Token);
        if (filter == _filter && older == _older)
        {
            (_lines, _older) = ([.. _lines ?? [], .. part.Lines], part.Older);
        }
    });

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_leaving.Token))
            {
                if (!_isPaused && !_isReading && _lines is not null)
                {
                    await InvokeAsync(ReadNewAsync);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone.
        }
    }

    private async Task ReadNewAsync()
    {
        if (_newest is null)
        {
            await LoadAsync();
            return;
        }

        var (filter, newest) = (_filter, _newest);
        LogPart part;
        try
        {
            part = await reader.ReadOnAsync(filter, newest, _leaving.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next look tells whether the disk is back.
            return;
        }

        // Another look, or another filter, may have been faster.
        if (!_isPaused && filter == _filter && newest == _newest && part.Newest != newest)
        {
            _newest = part.Newest;
            Take(part.Lines);
        }
    }

    private void Take(IReadOnlyList<LogLine> lines)
    {
        if (lines.Count == 0 || _lines is null)
        {
            return;
        }

        _lines = [.. lines, .. _lines];
        if (_lines.Count > Most)
        {
            _lines = [.. _lines.Take(Most)];
            _older = _lines[^1].Place;
        }

        StateHasChanged();
    }

    private async Task TogglePauseAsync()
    {
        _isPaused = !_isPaused;
        if (!_isPaused)
        {
            await ReadNewAsync();
        }
    }

    private void Show(LogFilter filter) => navigation.NavigateTo(
        navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["level"] = filter.Least is LogEventLevel.Verbose ? null : filter.Least.ToString().ToLowerInvariant(),
            ["q"] = string.IsNullOrWhiteSpace(filter.Text) ? null : filter.Text.Trim(),
        }),
        replace: true);

    private async Task ReadAsync(Func<Task> read)
    {
        _isReading = true;
        try
        {
            await read();
            _failure = null;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }
        finally
        {
            _isReading = false;
        }

        StateHasChanged();
    }
}
