using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Library;

/// <summary>Something that is being done to many series, one after the other.</summary>
/// <param name="name">What is being done, for people.</param>
/// <param name="moved">Called when it has got further.</param>
public sealed class BulkWork(string name, int total, Action moved) : IDisposable
{
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stopping = new();
    private long _shown = TimeProvider.System.GetTimestamp();

    public string Name => name;

    public int Total => total;

    public int Done { get; private set; }

    /// <summary>The last thing that went wrong; <see langword="null"/> when nothing did.</summary>
    public string? Failure { get; private set; }

    public void Cancel()
    {
        if (Done < Total)
        {
            _stopping.Cancel();
        }
    }

    /// <summary>Does it to each, until it is stopped.</summary>
    /// <returns>To which of them it was done.</returns>
    public async Task<IReadOnlyList<T>> EachAsync<T>(IReadOnlyCollection<T> all, Func<T, Task<bool>> act)
    {
        var done = new List<T>();
        foreach (var one in all)
        {
            if (_stopping.IsCancellationRequested)
            {
                break;
            }

            try
            {
                if (await act(one))
                {
                    done.Add(one);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One folder that cannot be moved is no reason to leave the others, or to lose the way back for them.
                Failure = FailureSentence.Of(e);
            }

            Done++;
            Show();
        }

        return done;
    }

    public void Dispose() => _stopping.Dispose();

    private void Show()
    {
        if (TimeProvider.System.GetElapsedTime(_shown) >= ShowEvery)
        {
            _shown = TimeProvider.System.GetTimestamp();
            moved();
        }
    }
}
