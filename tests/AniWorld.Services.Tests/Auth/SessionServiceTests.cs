using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Auth;

[Trait("Database", "both")]
public sealed class SessionServiceTests : IAsyncLifetime
{
    private readonly AuthParts _parts = new();

    public async ValueTask InitializeAsync() => await _parts.SetUpAsync();

    public ValueTask DisposeAsync()
    {
        _parts.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_revoked_session_is_refused_at_once_and_announced()
    {
        var session = await _parts.LogInAsync();
        Assert.True(await _parts.Sessions.IsLiveAsync(session.SessionId));

        Assert.True(await _parts.Sessions.RevokeAsync(session.SessionId, "auth.logout"));

        Assert.False(await _parts.Sessions.IsLiveAsync(session.SessionId));
        Assert.Equal([session.SessionId], _parts.Ended);
        Assert.False(await _parts.Sessions.RevokeAsync(session.SessionId, "auth.logout"));
    }

    [Fact]
    public async Task What_another_process_revokes_is_refused_within_five_seconds()
    {
        var other = _parts.Restarted();
        var session = await _parts.LogInAsync();
        Assert.True(await other.Sessions.IsLiveAsync(session.SessionId));
        await _parts.Sessions.RevokeAsync(session.SessionId, "auth.logout");

        _parts.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.False(await other.Sessions.IsLiveAsync(session.SessionId));
    }

    [Fact]
    public async Task A_session_survives_a_restart()
    {
        var session = await _parts.LogInAsync();

        var restarted = _parts.Restarted();

        Assert.Equal(session.SessionId, await restarted.Tokens.ReadAsync(session.Token));
        Assert.True(await restarted.Sessions.IsLiveAsync(session.SessionId));
    }

    [Fact]
    public async Task The_list_has_live_sessions_with_their_last_use()
    {
        var first = await _parts.LogInAsync();
        var second = await _parts.LogInAsync();
        var revoked = await _parts.LogInAsync();
        await _parts.Sessions.RevokeAsync(revoked.SessionId, "auth.logout");
        _parts.Time.Advance(TimeSpan.FromMinutes(10));
        await _parts.Sessions.IsLiveAsync(first.SessionId);

        var sessions = await _parts.Sessions.ListAsync();

        Assert.Equal([first.SessionId, second.SessionId], sessions.Select(s => s.Id));
        Assert.Equal(_parts.Time.GetUtcNow(), sessions[0].LastSeenAt);
        Assert.Equal("127.0.0.1", sessions[0].Address);
        Assert.Equal("Browser", sessions[0].UserAgent);
    }

    [Fact]
    public async Task The_last_use_is_saved_by_the_upkeep()
    {
        var session = await _parts.LogInAsync();
        _parts.Time.Advance(TimeSpan.FromMinutes(10));
        await _parts.Sessions.IsLiveAsync(session.SessionId);

        await _parts.Upkeep.RunAsync(CancellationToken.None);

        await using var database = _parts.Database.CreateDbContext();
        Assert.Equal(_parts.Time.GetUtcNow(), (await database.Sessions.SingleAsync()).LastSeenAt);
    }

    [Fact]
    public async Task An_expired_session_is_removed_and_announced_so_that_open_sockets_end()
    {
        var session = await _parts.LogInAsync();
        _parts.Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(31));

        await _parts.Upkeep.RunAsync(CancellationToken.None);

        await using var database = _parts.Database.CreateDbContext();
        Assert.Empty(await database.Sessions.ToListAsync());
        Assert.Equal([session.SessionId], _parts.Ended);
        Assert.False(await _parts.Sessions.IsLiveAsync(session.SessionId));
    }

    [Fact]
    public async Task A_listener_that_fails_keeps_no_other_from_hearing_of_an_end()
    {
        var heard = new List<string>();
        _parts.Revocations.SessionRevoked += _ => throw new InvalidOperationException("a listener's fault");
        _parts.Revocations.SessionRevoked += heard.Add;
        var session = await _parts.LogInAsync();

        await _parts.Sessions.RevokeAsync(session.SessionId, "auth.logout");

        Assert.Equal([session.SessionId], heard);
    }
}
