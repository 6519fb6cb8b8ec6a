using AniWorld.Blazor.Auth;
using AniWorld.Data;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Auth;

public sealed class SessionAuthenticationStateProviderTests : IAsyncLifetime
{
    private readonly AuthServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_circuit_is_signed_out_when_its_session_is_revoked()
    {
        await _server.SetUpAsync();
        var (_, sessionId) = await SessionAsync();
        await using var scope = _server.Services.CreateAsyncScope();
        var states = SignIn(scope.ServiceProvider, sessionId);
        var changed = new TaskCompletionSource<AuthenticationState>();
        states.AuthenticationStateChanged += async state => changed.TrySetResult(await state);

        await _server.Services.GetRequiredService<SessionService>().RevokeAsync(sessionId, "auth.logout");

        var state = await changed.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.False(state.User.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task A_circuit_of_another_session_stays_signed_in()
    {
        await _server.SetUpAsync();
        var (_, own) = await SessionAsync();
        await using var scope = _server.Services.CreateAsyncScope();
        var states = SignIn(scope.ServiceProvider, own);
        await _server.LogInAsync();
        var sessions = _server.Services.GetRequiredService<SessionService>();
        var other = (await sessions.ListAsync()).Single(s => s.Id != own).Id;

        await sessions.RevokeAsync(other, "auth.logout");

        Assert.True((await states.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task A_session_that_ended_may_not_stay_and_a_database_in_trouble_throws_nobody_out()
    {
        await _server.SetUpAsync();
        await using var scope = _server.Services.CreateAsyncScope();
        var states = Assert.IsType<SessionAuthenticationStateProvider>(SignIn(scope.ServiceProvider, "ended"));
        var user = (await states.GetAuthenticationStateAsync()).User;
        Assert.False(await states.MayStayAsync(user, TestContext.Current.CancellationToken));

        await using var database = await _server.Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        await database.Database.ExecuteSqlRawAsync("""ALTER TABLE "Sessions" RENAME TO "Away" """, TestContext.Current.CancellationToken);

        Assert.True(await states.MayStayAsync(user, TestContext.Current.CancellationToken));
    }

    private static AuthenticationStateProvider SignIn(IServiceProvider services, string sessionId)
    {
        var states = services.GetRequiredService<AuthenticationStateProvider>();
        Assert.IsType<SessionAuthenticationStateProvider>(states);
        var user = Credentials.OfSession(sessionId, DateTimeOffset.MaxValue).ToPrincipal(Channel.Cookie);
        ((IHostEnvironmentAuthenticationStateProvider)states).SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        return states;
    }

    private async Task<(string Token, string SessionId)> SessionAsync()
    {
        var token = await _server.LogInAsync();
        return (token, (await _server.Services.GetRequiredService<SessionTokens>().ReadAsync(token))!);
    }
}
