using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Auth;

/// <summary>Does the slow hashing: two at once, so that a rush of log-ins leaves the processor to everybody else.</summary>
internal sealed class PasswordHasher(IOptionsMonitor<AniWorldOptions> options, TimeProvider time) : IDisposable
{
    private const int AtOnce = 2;
    private const int LongestLine = 256;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _places = new(AtOnce);
    private int _waiting;

    private int Cost => options.CurrentValue.Limits.BcryptCost;

    /// <returns><see langword="null"/> when too many others wait.</returns>
    public Task<string?> HashAsync(string password, CancellationToken cancellationToken)
    {
        var cost = Cost;
        return InTurnAsync(() => PasswordHash.Of(password, cost), cancellationToken);
    }

    /// <param name="hash"><see langword="null"/> when there is none to compare with; the work is the same then.</param>
    /// <returns><see langword="null"/> when too many others wait.</returns>
    public async Task<bool?> VerifyAsync(string password, string? hash, CancellationToken cancellationToken)
    {
        var compared = hash ?? PasswordHash.Decoy(Cost);
        var matches = await InTurnAsync(() => PasswordHash.Matches(password, compared) ? "yes" : "", cancellationToken);
        return matches is null ? null : hash is not null && matches.Length > 0;
    }

    public void Dispose() => _places.Dispose();

    private async Task<T?> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken) where T : class
    {
        if (!await TryEnterAsync(cancellationToken))
        {
            return null;
        }

        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<bool> TryEnterAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (Interlocked.Increment(ref _waiting) > LongestLine)
            {
                return false;
            }

            await _places.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
