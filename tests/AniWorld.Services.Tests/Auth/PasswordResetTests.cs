using AniWorld.Services.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Auth;

/// <summary>A master password that is reset from the shell, in another process than the server's.</summary>
[Trait("Database", "both")]
public sealed class PasswordResetTests : IDisposable
{
    private readonly AuthParts _server = new();

    [Fact]
    public async Task The_server_hears_of_sessions_that_another_process_ended()
    {
        await _server.SetUpAsync();
        var session = await _server.LogInAsync();
        using var watch = Watch();
        await watch.LookAsync(CancellationToken.None);
        Assert.Empty(_server.Ended);

        await _server.Restarted().Auth.ResetPasswordAsync("Ein ganz neues Kennwort");
        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);

        Assert.Equal([session.SessionId], _server.Ended);
        Assert.False(await _server.Sessions.IsLiveAsync(session.SessionId));
    }

    [Fact]
    public async Task The_server_hears_of_keys_that_another_process_ended()
    {
        var (key, _) = await _server.Keys.CreateAsync("script", [Scope.Read], null);
        using var watch = Watch();
        await watch.LookAsync(CancellationToken.None);
        Assert.Empty(_server.Ended);

        await _server.Restarted().Keys.RevokeAsync(key.Prefix);
        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);

        Assert.Equal([ApiKeyService.CredentialId(key.Prefix)], _server.Ended);
    }

    [Fact]
    public async Task A_session_that_just_ended_stays_for_every_process_to_see_and_is_cleared_away_later()
    {
        await _server.SetUpAsync();
        var session = await _server.LogInAsync();
        await _server.Restarted().Auth.ResetPasswordAsync("Ein ganz neues Kennwort");

        await _server.Upkeep.RunAsync(CancellationToken.None);
        using var watch = Watch();
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal([session.SessionId], _server.Ended);

        _server.Time.Advance(TimeSpan.FromMinutes(2));
        await _server.Upkeep.RunAsync(CancellationToken.None);
        await using var database = _server.Database.CreateDbContext();
        Assert.Empty(await database.Sessions.ToListAsync());
    }

    [Fact]
    public async Task A_reset_forgets_the_failed_tries_and_is_kept_in_the_history()
    {
        await _server.SetUpAsync();
        for (var i = 0; i < LoginLimits.FailuresPerAddress; i++)
        {
            await _server.Auth.LogInAsync("forgotten", remember: false, AuthParts.Local);
        }

        Assert.IsType<LoginResult.TryLater>(await _server.Auth.LogInAsync(AuthParts.Password, remember: false, AuthParts.Local));
        await _server.Restarted().Auth.ResetPasswordAsync("Ein ganz neues Kennwort");

        Assert.IsType<LoginResult.LoggedIn>(await _server.Auth.LogInAsync("Ein ganz neues Kennwort", remember: false, AuthParts.Local));
        await using var database = _server.Database.CreateDbContext();
        Assert.True(await database.History.AnyAsync(happened => happened.Kind == "auth.password_reset"));
    }

    public void Dispose() => _server.Dispose();

    private RevocationWatch Watch() => new(_server.Database, _server.Sessions, _server.Time, NullLogger<RevocationWatch>.Instance);
}
