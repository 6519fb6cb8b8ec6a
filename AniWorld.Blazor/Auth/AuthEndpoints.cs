using System.Diagnostics;
using AniWorld.Blazor.Documentation;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Auth;

/// <summary>Set-up, log-in, sessions and keys over HTTP, under <c>/api/auth</c>, and the forms of the two pages that need no script.</summary>
internal static class AuthEndpoints
{
    public static RouteGroupBuilder MapAuth(this IEndpointRouteBuilder routes)
    {
        routes.MapAuthForms();
        var group = routes.MapGroup("/api/auth").WithTags("Auth").AddEndpointFilter(NeverStoredAsync);
        group.MapPost("/setup", SetUpAsync).AllowAnonymous().WithSummary("Set the master password, once").Refuses(403, 409, 429);
        group.MapPost("/login", LogInAsync).AllowAnonymous().WithSummary("Log in and get a token").Refuses(401, 429);
        group.MapGet("/status", StatusAsync).AllowAnonymous().WithSummary("Whether AniWorld is set up and you are logged in");
        group.MapPost("/logout", LogOutAsync).WithSummary("End this session").Refuses(409);
        group.MapPost("/password", ChangePasswordAsync).WithSummary("Change the master password and end all other sessions").Refuses(429);
        group.MapGet("/sessions", ListSessionsAsync).WithSummary("Live sessions");
        group.MapDelete("/sessions/{id}", RevokeSessionAsync).WithSummary("End a session").Refuses(404);
        group.MapPost("/ws-ticket", IssueTicketAsync).WithSummary("A ticket that opens one WebSocket within 30 seconds");
        group.MapApiKeys();
        return group;
    }

    /// <summary>Why a try has to wait, as a sentence.</summary>
    private static string WaitSentence(TimeSpan wait, bool refused) => refused
        ? $"Too many failed log-ins; try again in {Words(wait)}."
        : $"Too many log-ins at the same time; try again in {Words(wait)}.";

    /// <summary>A problem with <c>Retry-After</c>: 429 after failures, 503 in a rush.</summary>
    private static ProblemHttpResult TryLater(HttpContext context, TimeSpan wait, bool refused) => refused
        ? Problems.TooManyRequests(context, WaitSentence(wait, refused), wait)
        : Problems.Unavailable(context, WaitSentence(wait, refused), wait);

    private static async Task<Results<Created<Acknowledgement>, ProblemHttpResult>> SetUpAsync(
        SetupRequest request, SetupService setup, HttpContext context, CancellationToken cancellationToken)
    {
        var choices = new SetupChoices(request.AnimeDirectory);
        return await setup.SetUpAsync(request.MasterPassword, choices, request.SetupCode, context.Caller(), cancellationToken) switch
        {
            SetupResult.Done => TypedResults.Created((string?)null, Acknowledgement.Ok),
            SetupResult.AlreadyDone => Problems.Conflict("The master password is set already; log in with it."),
            SetupResult.CodeNeeded => Problems.Forbidden("Send the set-up code that AniWorld printed on its console as setup_code."),
            SetupResult.Invalid(var errors) => Problems.Invalid(errors.First().Value[0], errors),
            SetupResult.TryLater(var wait, var refused) => TryLater(context, wait, refused),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<Results<Ok<TokenAnswer>, ProblemHttpResult>> LogInAsync(
        LoginRequest request, AuthService auth, HttpContext context, CancellationToken cancellationToken) =>
        await auth.LogInAsync(request.Password, request.Remember ?? false, context.Caller(), cancellationToken) switch
        {
            LoginResult.LoggedIn(var session) => TypedResults.Ok(new TokenAnswer(session.Token, "bearer", session.ExpiresAt)),
            LoginResult.WrongPassword => Problems.Unauthorized("The password is wrong; try again."),
            LoginResult.TryLater(var wait, var refused) => TryLater(context, wait, refused),
            _ => throw new UnreachableException(),
        };

    private static async Task<AuthStatus> StatusAsync(AuthService auth, HttpContext context, CancellationToken cancellationToken) =>
        new(await auth.IsConfiguredAsync(cancellationToken), context.User.Credentials() is not null);

    private static async Task<Results<Ok<Acknowledgement>, ProblemHttpResult>> LogOutAsync(
        AuthService auth, HttpContext context, CancellationToken cancellationToken)
    {
        if (context.User.SessionId() is not { } session)
        {
            return Problems.Conflict("An API key has no session to end; revoke the key instead.");
        }

        await auth.LogOutAsync(session, cancellationToken);
        SessionCookie.Delete(context);
        return TypedResults.Ok(Acknowledgement.Ok);
    }

    private static async Task<Results<Ok<Acknowledgement>, ProblemHttpResult>> ChangePasswordAsync(
        PasswordRequest request, AuthService auth, HttpContext context, CancellationToken cancellationToken)
    {
        var result = await auth.ChangePasswordAsync(
            request.CurrentPassword, request.NewPassword, context.User.SessionId(), context.Caller(), cancellationToken);
        return result switch
        {
            PasswordResult.Changed => TypedResults.Ok(Acknowledgement.Ok),
            // Not 401: the token is fine, and clients throw it away on a 401.
            PasswordResult.WrongPassword => Problems.Invalid("current_password", "The current password is wrong; try again."),
            PasswordResult.Invalid(var objection) => Problems.Invalid("new_password", objection),
            PasswordResult.TryLater(var wait, var refused) => TryLater(context, wait, refused),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<IEnumerable<SessionAnswer>> ListSessionsAsync(
        SessionService sessions, HttpContext context, CancellationToken cancellationToken) =>
        (await sessions.ListAsync(cancellationToken)).Select(s => SessionAnswer.From(s, context.User.SessionId()));

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeSessionAsync(
        string id, SessionService sessions, CancellationToken cancellationToken) =>
        await sessions.RevokeAsync(id, "auth.session_revoked", cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("No live session has this id; it may have ended.");

    private static async Task<Results<Ok<WsTicket>, ProblemHttpResult>> IssueTicketAsync(WsTicketService tickets, HttpContext context) =>
        await tickets.IssueAsync(context.User.Credentials()!) is { } ticket
            ? TypedResults.Ok(ticket)
            : Problems.Unavailable(context, "Too many tickets wait to be used; try again in half a minute.", TimeSpan.FromSeconds(30));

    private static ValueTask<object?> NeverStoredAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }

    private static string Words(TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        return seconds switch
        {
            1 => "a second",
            < 90 => $"{seconds} seconds",
            _ => $"{(seconds + 59) / 60} minutes",
        };
    }
}
