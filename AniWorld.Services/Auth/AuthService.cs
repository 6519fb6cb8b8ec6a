using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Auth;

/// <summary>The master password: log-in, log-out and change. Its first set-up is <see cref="SetupService"/>'s.</summary>
public sealed class AuthService
{
    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly PasswordCheck _check;
    private readonly PasswordHasher _hasher;
    private readonly SessionService _sessions;
    private readonly ILogger<AuthService> _logger;
    private volatile bool _isConfigured;

    internal AuthService(
        IDbContextFactory<AniWorldDbContext> databases, PasswordCheck check, PasswordHasher hasher, SessionService sessions,
        ILogger<AuthService> logger)
    {
        _databases = databases;
        _check = check;
        _hasher = hasher;
        _sessions = sessions;
        _logger = logger;
    }

    /// <summary>Whether a master password is set. Once it is, that stays.</summary>
    public async Task<bool> IsConfiguredAsync(CancellationToken cancellationToken = default) =>
        _isConfigured || (_isConfigured = await _check.StoredHashAsync(cancellationToken) is not null);

    /// <param name="password">Exactly as typed.</param>
    /// <param name="remember">Whether the session lasts 30 days instead of 24 hours.</param>
    public async Task<LoginResult> LogInAsync(
        string password, bool remember, Caller caller, CancellationToken cancellationToken = default)
    {
        switch (await _check.TryAsync(password, caller, cancellationToken))
        {
            case PasswordCheck.Outcome.Right(var hash):
                return await OpenSessionAsync(password, hash, remember, caller, cancellationToken);
            case PasswordCheck.Outcome.TryLater(var wait, var refused):
                return new LoginResult.TryLater(wait, refused);
            default:
                _logger.LogWarning("A log-in from {Address} failed: wrong password", caller.ShownAddress);
                return new LoginResult.WrongPassword();
        }
    }

    /// <summary>Ends a session. Its token is refused from now on, on every way in.</summary>
    public Task<bool> LogOutAsync(string sessionId, CancellationToken cancellationToken = default) =>
        _sessions.RevokeAsync(sessionId, "auth.logout", cancellationToken);

    /// <summary>Sets a new password and ends all sessions but the caller's own.</summary>
    /// <param name="keptSession"><see langword="null"/> ends them all.</param>
    public async Task<PasswordResult> ChangePasswordAsync(
        string current, string next, string? keptSession, Caller caller, CancellationToken cancellationToken = default)
    {
        if (PasswordRules.Objection(next) is { } objection)
        {
            return new PasswordResult.Invalid(objection);
        }

        return await _check.TryAsync(current, caller, cancellationToken) switch
        {
            PasswordCheck.Outcome.Right => await StoreAsync(next, keptSession, cancellationToken),
            PasswordCheck.Outcome.TryLater(var wait, var refused) => new PasswordResult.TryLater(wait, refused),
            _ => new PasswordResult.WrongPassword(),
        };
    }

    /// <summary>For the owner at the machine itself, who has forgotten the password: sets a new one and ends all sessions.</summary>
    public async Task<PasswordResult> ResetPasswordAsync(string next, CancellationToken cancellationToken = default) =>
        PasswordRules.Objection(next) is { } objection
            ? new PasswordResult.Invalid(objection)
            : await StoreAsync(next, keptSession: null, cancellationToken, isReset: true);

    private async Task<LoginResult> OpenSessionAsync(
        string password, string hash, bool remember, Caller caller, CancellationToken cancellationToken)
    {
        var session = await _sessions.CreateAsync(caller, remember, cancellationToken);
        if (await _check.StoredHashAsync(cancellationToken) != hash)
        {
            // The password was changed while this try was under way; that change did not see the session to end it.
            await _sessions.RevokeAsync(session.SessionId, "auth.logout", cancellationToken);
            return new LoginResult.WrongPassword();
        }

        if (PasswordHash.IsPlain(hash))
        {
            await ReplaceHashAsync(password, hash, cancellationToken);
        }

        return new LoginResult.LoggedIn(session);
    }

    private async Task<PasswordResult> StoreAsync(
        string password, string? keptSession, CancellationToken cancellationToken, bool isReset = false)
    {
        if (await _hasher.HashAsync(password, cancellationToken) is not { } hash)
        {
            return new PasswordResult.TryLater(TimeSpan.FromSeconds(5), Refused: false);
        }

        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        var credential = await database.Credentials.SingleOrDefaultAsync(c => c.Name == Credential.Master, cancellationToken);
        if (credential is null)
        {
            database.Credentials.Add(new Credential { Name = Credential.Master, Hash = hash });
        }
        else
        {
            credential.Hash = hash;
        }

        var ended = await _sessions.MarkRevokedAsync(database, keptSession, cancellationToken);
        database.History.Add(HistoryEvent.Of(isReset ? "auth.password_reset" : "auth.password_changed"));
        if (isReset)
        {
            // The owner's own tries at the forgotten one must not keep him out now.
            database.LoginFailures.RemoveRange(await database.LoginFailures.ToListAsync(cancellationToken));
        }

        await database.SaveChangesAsync(cancellationToken);
        _sessions.Forget(ended);
        _logger.LogInformation("The master password was changed; {Count} other sessions were ended", ended.Count);
        return new PasswordResult.Changed();
    }

    // An imported hash says nothing of what follows byte 72 of the password; ours does.
    private async Task ReplaceHashAsync(string password, string old, CancellationToken cancellationToken)
    {
        if (await _hasher.HashAsync(password, cancellationToken) is { } hash)
        {
            await using var database = await _databases.CreateDbContextAsync(cancellationToken);
            await database.Credentials.Where(c => c.Name == Credential.Master && c.Hash == old)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.Hash, hash), cancellationToken);
        }
    }
}
