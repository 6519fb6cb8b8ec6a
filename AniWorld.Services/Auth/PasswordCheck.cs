using AniWorld.Data;
using AniWorld.Data.Auth;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Auth;

/// <summary>Tries the master password, within the limits on how often that may be done.</summary>
internal sealed class PasswordCheck(
    IDbContextFactory<AniWorldDbContext> databases, PasswordHasher hasher, LoginLimits limits, AttemptLine line)
{
    private static readonly TimeSpan RushWait = TimeSpan.FromSeconds(5);

    /// <summary>Whether this is the master password.</summary>
    public Task<Outcome> TryAsync(string password, Caller caller, CancellationToken cancellationToken) =>
        CountAsync(caller, async () =>
        {
            var hash = await StoredHashAsync(cancellationToken);
            return await hasher.VerifyAsync(password, hash, cancellationToken) switch
            {
                true => new Outcome.Right(hash!),
                false => new Outcome.Wrong(),
                null => new Outcome.TryLater(RushWait, Refused: false),
            };
        }, cancellationToken);

    /// <summary>Makes one try, unless this address has to wait, and counts it when it fails.</summary>
    public async Task<Outcome> CountAsync(Caller caller, Func<Task<Outcome>> attempt, CancellationToken cancellationToken)
    {
        using var turn = await line.EnterAsync(caller.CountedAs, cancellationToken);
        if (turn is null)
        {
            return new Outcome.TryLater(RushWait, Refused: false);
        }

        if (await limits.WaitAsync(caller.CountedAs, cancellationToken) is { } wait)
        {
            return new Outcome.TryLater(wait, Refused: true);
        }

        var outcome = await attempt();
        if (outcome is Outcome.Wrong)
        {
            // It counts even if the client has gone away meanwhile.
            await limits.RecordFailureAsync(caller.CountedAs, CancellationToken.None);
        }

        return outcome;
    }

    public async Task<string?> StoredHashAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Credentials.Where(c => c.Name == Credential.Master).Select(c => c.Hash)
            .SingleOrDefaultAsync(cancellationToken);
    }

    public abstract record Outcome
    {
        /// <param name="Hash">What the password was compared with.</param>
        public sealed record Right(string Hash) : Outcome;

        public sealed record Wrong : Outcome;

        public sealed record TryLater(TimeSpan RetryAfter, bool Refused) : Outcome;
    }
}
