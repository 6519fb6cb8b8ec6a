namespace AniWorld.Services.Auth;

/// <summary>
/// Lets the tries of one address go one after the other, so that parallel ones cannot all start before the first failure is counted.
/// </summary>
internal sealed class AttemptLine(TimeProvider time)
{
    private const int LongestLine = 256;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Place> _places = [];
    private int _inside;

    /// <returns>To be disposed when the try is over; <see langword="null"/> when too many others wait.</returns>
    public async Task<IDisposable?> EnterAsync(string address, CancellationToken cancellationToken)
    {
        if (Join(address) is not { } place)
        {
            return null;
        }

        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await place.Door.WaitAsync(either.Token);
            return new Turn(this, address, place);
        }
        catch (OperationCanceledException)
        {
            Leave(address, place);
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private Place? Join(string address)
    {
        lock (_places)
        {
            if (_inside >= LongestLine)
            {
                return null;
            }

            _inside++;
            if (!_places.TryGetValue(address, out var place))
            {
                _places[address] = place = new Place();
            }

            place.Users++;
            return place;
        }
    }

    private void Leave(string address, Place place)
    {
        lock (_places)
        {
            _inside--;
            if (--place.Users == 0)
            {
                _places.Remove(address);
                place.Door.Dispose();
            }
        }
    }

    private sealed class Place
    {
        public SemaphoreSlim Door { get; } = new(1);

        public int Users { get; set; }
    }

    private sealed class Turn(AttemptLine line, string address, Place place) : IDisposable
    {
        public void Dispose()
        {
            place.Door.Release();
            line.Leave(address, place);
        }
    }
}
