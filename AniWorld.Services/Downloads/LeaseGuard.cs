namespace AniWorld.Services.Downloads;

/// <summary>
/// Tells a download that runs whether its item is still its own. By its own clocks it knows until when the lease holds at least: a process
/// that was frozen for longer sees that with its next write, before it asks anybody.
/// </summary>
internal sealed class LeaseGuard(DownloadClaims claims, DownloadClaim claim, RunningDownload running, TimeProvider time)
{
    private (long Monotonic, DateTimeOffset Wall) _renewed = (claim.AskedAt, time.GetUtcNow() - time.GetElapsedTime(claim.AskedAt));
    private readonly Lock _gate = new();

    /// <summary>Since the lease was last renewed, by whichever clock says more: the one that jumps, or the one that stops with the machine.</summary>
    private TimeSpan Age
    {
        get
        {
            lock (_gate)
            {
                var monotonic = time.GetElapsedTime(_renewed.Monotonic);
                var wall = time.GetUtcNow() - _renewed.Wall;
                return monotonic > wall ? monotonic : wall;
            }
        }
    }

    /// <returns>False once the item was removed, and from the moment on from which another node may have it; it is told to stop then.</returns>
    public bool MayWrite()
    {
        if (running.Reason is StopReason.LeaseLost or StopReason.Removed)
        {
            return false;
        }

        if (!claims.IsShared || Age < claims.Lease)
        {
            return true;
        }

        running.Stop(StopReason.LeaseLost);
        return false;
    }

    /// <summary>Renews the lease, so that there is all of its time for what comes next.</summary>
    /// <returns>False when the item is another's; it is told to stop then.</returns>
    public async Task<bool> RenewAsync(Func<CancellationToken, Task<bool>> renew, CancellationToken cancellationToken)
    {
        var asked = (time.GetTimestamp(), time.GetUtcNow());
        if (!await renew(cancellationToken))
        {
            running.Stop(await claims.IsRemovedAsync(claim, cancellationToken) ? StopReason.Removed : StopReason.LeaseLost);
            return false;
        }

        lock (_gate)
        {
            _renewed = asked;
        }

        return true;
    }

    /// <inheritdoc cref="RenewAsync(Func{CancellationToken, Task{bool}}, CancellationToken)"/>
    public Task<bool> RenewAsync(CancellationToken cancellationToken) => RenewAsync(token => claims.RenewAsync(claim, token), cancellationToken);
}
