using System.Data.Common;
using System.Security.Claims;
using AniWorld.Data;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace AniWorld.Blazor.Auth;

/// <summary>Signs a circuit out when its session ends: at once where this process ends it, within seconds where another does.</summary>
internal sealed class SessionAuthenticationStateProvider : RevalidatingServerAuthenticationStateProvider
{
    private readonly SessionService _sessions;
    private readonly Revocations _revocations;
    private volatile string? _sessionId;

    public SessionAuthenticationStateProvider(SessionService sessions, Revocations revocations, ILoggerFactory loggers)
        : base(loggers)
    {
        _sessions = sessions;
        _revocations = revocations;
        AuthenticationStateChanged += Remember;
        _revocations.SessionRevoked += SignOut;
    }

    protected override TimeSpan RevalidationInterval => SessionService.Freshness;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState state, CancellationToken cancellationToken) =>
        MayStayAsync(state.User, cancellationToken);

    internal async Task<bool> MayStayAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        try
        {
            return user.SessionId() is { } session && await _sessions.IsLiveAsync(session, cancellationToken);
        }
        catch (Exception e) when (e is DbException || DatabaseErrors.IsBusy(e))
        {
            // A database in trouble says nothing about the session; nobody is thrown out for that.
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        AuthenticationStateChanged -= Remember;
        _revocations.SessionRevoked -= SignOut;
        base.Dispose(disposing);
    }

    // The host hands the state over as a finished task, before anything of the circuit runs.
    private void Remember(Task<AuthenticationState> state) =>
        _sessionId = state.IsCompletedSuccessfully ? state.Result.User.SessionId() : null;

    private void SignOut(string sessionId)
    {
        if (sessionId == _sessionId)
        {
            SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        }
    }
}
