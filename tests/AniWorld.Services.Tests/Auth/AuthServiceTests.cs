using AniWorld.Data.Auth;
using AniWorld.Services.Auth;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Auth;

[Trait("Database", "both")]
public sealed class AuthServiceTests : IDisposable
{
    private readonly AuthParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task A_right_password_opens_a_session_of_24_hours()
    {
        await _parts.SetUpAsync();

        var session = await _parts.LogInAsync();

        Assert.Equal(_parts.Time.GetUtcNow().AddHours(24), session.ExpiresAt);
        Assert.True(await _parts.Sessions.IsLiveAsync(session.SessionId));
        Assert.Equal(session.SessionId, await _parts.Tokens.ReadAsync(session.Token));
    }

    [Fact]
    public async Task With_remember_a_session_lasts_30_days()
    {
        await _parts.SetUpAsync();

        var result = await _parts.Auth.LogInAsync(AuthParts.Password, remember: true, AuthParts.Local);

        Assert.Equal(_parts.Time.GetUtcNow().AddDays(30), Assert.IsType<LoginResult.LoggedIn>(result).Session.ExpiresAt);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_before_and_after_set_up()
    {
        Assert.IsType<LoginResult.WrongPassword>(await _parts.Auth.LogInAsync("something", false, AuthParts.Local));

        await _parts.SetUpAsync();

        Assert.IsType<LoginResult.WrongPassword>(await _parts.Auth.LogInAsync("something", false, AuthParts.Local));
    }

    [Theory]
    [InlineData("Ein langes Kennwort ")]
    [InlineData("ein langes kennwort")]
    public async Task A_password_is_taken_exactly_as_typed(string nearly)
    {
        await _parts.SetUpAsync();

        Assert.IsType<LoginResult.WrongPassword>(await _parts.Auth.LogInAsync(nearly, false, AuthParts.Local));
    }

    [Fact]
    public async Task The_sixth_try_after_five_failures_waits_even_with_the_right_password()
    {
        await _parts.SetUpAsync();
        await FailAsync(5);

        var refused = Assert.IsType<LoginResult.TryLater>(await _parts.Auth.LogInAsync(AuthParts.Password, false, AuthParts.Local));

        Assert.True(refused.Refused);
        Assert.Equal(TimeSpan.FromMinutes(15), refused.RetryAfter);
    }

    [Fact]
    public async Task A_lock_out_survives_a_restart_and_ends_after_15_minutes()
    {
        await _parts.SetUpAsync();
        await FailAsync(5);
        var restarted = _parts.Restarted();

        Assert.IsType<LoginResult.TryLater>(await restarted.Auth.LogInAsync(AuthParts.Password, false, AuthParts.Local));

        _parts.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.IsType<LoginResult.LoggedIn>(await restarted.Auth.LogInAsync(AuthParts.Password, false, AuthParts.Local));
    }

    [Fact]
    public async Task A_lock_out_of_one_address_leaves_the_others_and_live_sessions_alone()
    {
        await _parts.SetUpAsync();
        var session = await _parts.LogInAsync();
        await FailAsync(5);

        Assert.IsType<LoginResult.LoggedIn>(await _parts.Auth.LogInAsync(AuthParts.Password, false, AuthParts.From("192.168.1.7")));
        Assert.True(await _parts.Sessions.IsLiveAsync(session.SessionId));
    }

    [Fact]
    public async Task Parallel_tries_of_one_address_get_no_more_than_five()
    {
        await _parts.SetUpAsync();

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => _parts.Auth.LogInAsync("something", false, AuthParts.Local)));

        Assert.Equal(5, results.OfType<LoginResult.WrongPassword>().Count());
        Assert.Equal(15, results.OfType<LoginResult.TryLater>().Count());
    }

    [Fact]
    public async Task Addresses_of_one_IPv6_network_count_as_one()
    {
        await _parts.SetUpAsync();
        for (var i = 1; i <= 5; i++)
        {
            await _parts.Auth.LogInAsync("something", false, AuthParts.From($"2001:db8:1:2::{i}"));
        }

        Assert.IsType<LoginResult.TryLater>(
            await _parts.Auth.LogInAsync(AuthParts.Password, false, AuthParts.From("2001:db8:1:2:ffff::9")));
        Assert.IsType<LoginResult.LoggedIn>(
            await _parts.Auth.LogInAsync(AuthParts.Password, false, AuthParts.From("2001:db8:1:3::1")));
    }

    [Fact]
    public async Task After_50_failures_from_everywhere_one_try_in_two_seconds_is_left()
    {
        await _parts.SetUpAsync();
        var session = await _parts.LogInAsync();
        await using (var database = _parts.Database.CreateDbContext())
        {
            database.LoginFailures.AddRange(Enumerable.Range(0, 50)
                .Select(i => new LoginFailure { Address = $"203.0.113.{i}", At = _parts.Time.GetUtcNow() }));
            await database.SaveChangesAsync();
        }

        Assert.IsType<LoginResult.LoggedIn>(await TryAsync());
        var refused = Assert.IsType<LoginResult.TryLater>(await TryAsync());
        Assert.Equal(TimeSpan.FromSeconds(2), refused.RetryAfter);
        Assert.True(await _parts.Sessions.IsLiveAsync(session.SessionId));

        _parts.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<LoginResult.LoggedIn>(await TryAsync());

        Task<LoginResult> TryAsync() => _parts.Auth.LogInAsync(AuthParts.Password, false, AuthParts.From("192.168.1.7"));
    }

    [Fact]
    public async Task A_73_byte_password_and_its_72_byte_prefix_are_different()
    {
        var prefix = string.Concat(Enumerable.Repeat("abcdefgh", 9));
        await _parts.Setup.SetUpAsync(prefix + "x", new SetupChoices(null), null, AuthParts.Local);

        Assert.IsType<LoginResult.WrongPassword>(await _parts.Auth.LogInAsync(prefix, false, AuthParts.Local));
        Assert.IsType<LoginResult.LoggedIn>(await _parts.Auth.LogInAsync(prefix + "x", false, AuthParts.Local));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('b')]
    [InlineData('y')]
    public async Task An_imported_bcrypt_hash_works_and_is_replaced_at_the_first_log_in(char revision)
    {
        var plain = "$2" + revision + BCrypt.Net.BCrypt.HashPassword("an old password", 4)[3..];
        await StoreAsync(plain);

        Assert.IsType<LoginResult.LoggedIn>(await _parts.Auth.LogInAsync("an old password", false, AuthParts.Local));

        Assert.StartsWith("sha384$", await StoredAsync());
        Assert.IsType<LoginResult.LoggedIn>(await _parts.Auth.LogInAsync("an old password", false, AuthParts.Local));
    }

    [Fact]
    public async Task A_changed_password_ends_all_sessions_but_the_own()
    {
        await _parts.SetUpAsync();
        var own = await _parts.LogInAsync();
        var other = await _parts.LogInAsync();
        Assert.True(await _parts.Sessions.IsLiveAsync(other.SessionId));

        var result = await _parts.Auth.ChangePasswordAsync(AuthParts.Password, "ein ganz neues", own.SessionId, AuthParts.Local);

        Assert.IsType<PasswordResult.Changed>(result);
        Assert.True(await _parts.Sessions.IsLiveAsync(own.SessionId));
        Assert.False(await _parts.Sessions.IsLiveAsync(other.SessionId));
        Assert.Equal([other.SessionId], _parts.Ended);
        Assert.IsType<LoginResult.WrongPassword>(await _parts.Auth.LogInAsync(AuthParts.Password, false, AuthParts.Local));
        Assert.IsType<LoginResult.LoggedIn>(await _parts.Auth.LogInAsync("ein ganz neues", false, AuthParts.Local));
    }

    [Fact]
    public async Task Guessing_the_current_password_is_limited_like_a_log_in()
    {
        await _parts.SetUpAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<PasswordResult.WrongPassword>(
                await _parts.Auth.ChangePasswordAsync("something", "ein ganz neues", null, AuthParts.Local));
        }

        Assert.IsType<PasswordResult.TryLater>(
            await _parts.Auth.ChangePasswordAsync(AuthParts.Password, "ein ganz neues", null, AuthParts.Local));
    }

    [Fact]
    public async Task A_password_reset_ends_every_session()
    {
        await _parts.SetUpAsync();
        var session = await _parts.LogInAsync();

        await _parts.Auth.ResetPasswordAsync("ein ganz neues");

        Assert.False(await _parts.Sessions.IsLiveAsync(session.SessionId));
        Assert.IsType<LoginResult.LoggedIn>(await _parts.Auth.LogInAsync("ein ganz neues", false, AuthParts.Local));
    }

    [Fact]
    public async Task The_history_tells_of_log_ins_and_failures_but_no_secret()
    {
        await _parts.SetUpAsync();
        await FailAsync(1);
        var session = await _parts.LogInAsync();
        await _parts.Auth.LogOutAsync(session.SessionId);

        await using var database = _parts.Database.CreateDbContext();
        var events = await database.History.OrderBy(e => e.Id).ToListAsync();
        Assert.Equal(["auth.setup", "auth.login_failed", "auth.login", "auth.logout"], events.Select(e => e.Kind));
        Assert.DoesNotContain(events.SelectMany(e => e.Details.Values), v => v.Contains(AuthParts.Password) || v == session.Token);
    }

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.IsType<LoginResult.WrongPassword>(await _parts.Auth.LogInAsync("something", false, AuthParts.Local));
        }
    }

    private async Task StoreAsync(string hash)
    {
        await using var database = _parts.Database.CreateDbContext();
        database.Credentials.Add(new Credential { Name = Credential.Master, Hash = hash });
        await database.SaveChangesAsync();
    }

    private async Task<string> StoredAsync()
    {
        await using var database = _parts.Database.CreateDbContext();
        return (await database.Credentials.SingleAsync()).Hash;
    }
}
