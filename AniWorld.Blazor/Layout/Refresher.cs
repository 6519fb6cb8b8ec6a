namespace AniWorld.Blazor.Layout;

/// <summary>
/// Reads a page's data again: at once when asked, then at most once per interval, however often it is asked in between, and for a quarter
/// of the time at most where it takes long. To be used from the renderer's thread only.
/// </summary>
/// <param name="refresh">Reads and shows; deals with its own failures.</param>
/// <param name="interval"><see langword="null"/> for half a second; longer for what costs more to read.</param>
internal sealed class Refresher(Func<Task> refresh, TimeProvider time, CancellationToken leaving, TimeSpan? interval = null)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(500);

    private bool _isRunning;
    private bool _isAsked;

    /// <summary>Does not wait for the result, so that live events go on meanwhile.</summary>
    public void Ask()
    {
        _isAsked = true;
        if (!_isRunning)
        {
            _ = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        _isRunning = true;
        try
        {
            while (_isAsked && !leaving.IsCancellationRequested)
            {
                _isAsked = false;
                var started = time.GetTimestamp();
                await refresh();
                await Task.Delay(TimeSpan.FromTicks(Math.Max((interval ?? Usual).Ticks, 3 * time.GetElapsedTime(started).Ticks)), time, leaving);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        finally
        {
            _isRunning = false;
        }
    }
}
