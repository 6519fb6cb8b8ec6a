using AniWorld.Data;
using AniWorld.Data.Auth;
using AniWorld.Data.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Auth;

/// <summary>The first set-up: master password and library folder, once.</summary>
public sealed class SetupService : IDisposable
{
    private static readonly TimeSpan RushWait = TimeSpan.FromSeconds(5);

    private readonly IDbContextFactory<AniWorldDbContext> _databases;
    private readonly AuthService _auth;
    private readonly PasswordCheck _check;
    private readonly PasswordHasher _hasher;
    private readonly SetupCode _code;
    private readonly ISetupConfiguration _configuration;
    private readonly ILogger<SetupService> _logger;
    private readonly SemaphoreSlim _one = new(1);

    internal SetupService(
        IDbContextFactory<AniWorldDbContext> databases, AuthService auth, PasswordCheck check, PasswordHasher hasher, SetupCode code,
        ISetupConfiguration configuration, ILogger<SetupService> logger)
    {
        _databases = databases;
        _auth = auth;
        _check = check;
        _hasher = hasher;
        _code = code;
        _configuration = configuration;
        _logger = logger;
    }

    /// <param name="code">The one printed on the console; needed unless the caller is on this machine.</param>
    public async Task<SetupResult> SetUpAsync(
        string password, SetupChoices choices, string? code, Caller caller, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await RefusalAsync(password, choices, code, caller, cancellationToken)
                ?? await StoreAsync(password, choices, caller, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<SetupResult?> RefusalAsync(
        string password, SetupChoices choices, string? code, Caller caller, CancellationToken cancellationToken)
    {
        if (await _auth.IsConfiguredAsync(cancellationToken))
        {
            return new SetupResult.AlreadyDone();
        }

        if (!caller.IsLocal && await CodeRefusalAsync(code, caller, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var errors = new Dictionary<string, string[]>();
        if (PasswordRules.Objection(password) is { } objection)
        {
            errors["master_password"] = [objection];
        }

        if (!choices.AreEmpty)
        {
            foreach (var (member, messages) in await _configuration.CheckAsync(choices, cancellationToken))
            {
                errors[member] = messages;
            }
        }

        return errors.Count > 0 ? new SetupResult.Invalid(errors) : null;
    }

    private async Task<SetupResult?> CodeRefusalAsync(string? code, Caller caller, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return new SetupResult.CodeNeeded();
        }

        var outcome = await _check.CountAsync(
            caller,
            () => Task.FromResult<PasswordCheck.Outcome>(
                _code.Matches(code) ? new PasswordCheck.Outcome.Right("") : new PasswordCheck.Outcome.Wrong()),
            cancellationToken);
        return outcome switch
        {
            PasswordCheck.Outcome.Right => null,
            PasswordCheck.Outcome.TryLater(var wait, var refused) => new SetupResult.TryLater(wait, refused),
            _ => new SetupResult.CodeNeeded(),
        };
    }

    // The choices first: should this stop in between, nothing is set up yet and the form is simply sent again.
    private async Task<SetupResult> StoreAsync(
        string password, SetupChoices choices, Caller caller, CancellationToken cancellationToken)
    {
        if (await _hasher.HashAsync(password, cancellationToken) is not { } hash)
        {
            return new SetupResult.TryLater(RushWait, Refused: false);
        }

        if (!choices.AreEmpty && await _configuration.ApplyAsync(choices, cancellationToken) is { Count: > 0 } errors)
        {
            return new SetupResult.Invalid(errors);
        }

        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        database.Credentials.Add(new Credential { Name = Credential.Master, Hash = hash });
        database.History.Add(HistoryEvent.Of("auth.setup", ("address", caller.ShownAddress)));
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            // The row decides, also against a password that was set by command meanwhile.
            return new SetupResult.AlreadyDone();
        }

        _logger.LogInformation("The master password was set from {Address}", caller.ShownAddress);
        return new SetupResult.Done();
    }
}
