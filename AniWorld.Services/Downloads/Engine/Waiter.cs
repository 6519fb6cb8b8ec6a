namespace AniWorld.Services.Downloads.Engine;

/// <summary>Somebody's place in a queue, who may stop waiting. What comes after the wait never runs inside the queue.</summary>
internal abstract class Waiter<T>() : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private CancellationTokenRegistration _registration;

    /// <param name="left">Called when the wait was cancelled, perhaps at once.</param>
    public void StopWith(Action left, CancellationToken cancellationToken) => _registration = cancellationToken.Register(() =>
    {
        if (TrySetCanceled(cancellationToken))
        {
            left();
        }
    });

    /// <returns>False when it has stopped waiting.</returns>
    public bool TryServe(T result)
    {
        _registration.Unregister();
        return TrySetResult(result);
    }
}
