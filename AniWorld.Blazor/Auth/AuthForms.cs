using System.Diagnostics;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Auth;

/// <summary>
/// The log-in, set-up and log-out forms. Plain HTML, so that they need no circuit, and without an anti-forgery token, so that a page
/// still open from before a restart works; <see cref="OriginCheck"/> keeps other sites out.
/// </summary>
internal static class AuthForms
{
    public static void MapAuthForms(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/login", ShowLoginAsync).AllowAnonymous();
        pages.MapPost("/login", LogInAsync).AllowAnonymous();
        pages.MapGet("/setup", ShowSetupAsync).AllowAnonymous();
        pages.MapPost("/setup", SetUpAsync).AllowAnonymous();
        pages.MapPost("/logout", LogOutAsync).AllowAnonymous();
    }

    private static async Task<IResult> ShowLoginAsync(
        AuthService auth, HttpContext context, string? returnUrl, CancellationToken cancellationToken)
    {
        if (!await auth.IsConfiguredAsync(cancellationToken))
        {
            return GoTo(context, "/setup");
        }

        return context.User.SessionId() is null ? Page(context, new LoginForm(returnUrl)) : GoTo(context, ReturnAddress.Checked(returnUrl));
    }

    private static async Task<IResult> LogInAsync(AuthService auth, HttpContext context, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context, cancellationToken) is not { } fields)
        {
            return NoForm();
        }

        if (!await auth.IsConfiguredAsync(cancellationToken))
        {
            return GoTo(context, "/setup");
        }

        var remember = fields["remember"] == "on";
        var form = new LoginForm(fields["returnUrl"], remember);
        switch (await auth.LogInAsync(fields["password"].ToString(), remember, context.Caller(), cancellationToken))
        {
            case LoginResult.LoggedIn(var session):
                SessionCookie.Write(context, session, remember);
                return GoTo(context, form.ReturnUrl);
            case LoginResult.TryLater(var wait, var refused):
                return Page(context, form with { Error = EntryTexts.Wait(wait, refused) }, Later(context, wait, refused));
            default:
                return Page(context, form with { Error = EntryTexts.Of("Wrong") }, StatusCodes.Status401Unauthorized);
        }
    }

    private static async Task<IResult> ShowSetupAsync(AuthService auth, HttpContext context, CancellationToken cancellationToken) =>
        await auth.IsConfiguredAsync(cancellationToken) ? GoTo(context, "/login") : Page(context, new SetupForm(!context.Caller().IsLocal));

    private static async Task<IResult> SetUpAsync(
        SetupService setup, AuthService auth, HttpContext context, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context, cancellationToken) is not { } fields)
        {
            return NoForm();
        }

        var password = fields["master_password"].ToString();
        var form = new SetupForm(!context.Caller().IsLocal);
        if (fields["repeated_password"] != password && !await auth.IsConfiguredAsync(cancellationToken))
        {
            return Page(context, form with { Error = EntryTexts.Of("Differ") }, StatusCodes.Status422UnprocessableEntity);
        }

        var result = await setup.SetUpAsync(password, new SetupChoices(AnimeDirectory: null), fields["setup_code"], context.Caller(), cancellationToken);
        switch (result)
        {
            case SetupResult.Done:
                await LogInAfterSetupAsync(auth, context, password, cancellationToken);
                return GoTo(context, "/welcome");
            case SetupResult.AlreadyDone:
                return GoTo(context, "/login");
            case SetupResult.CodeNeeded:
                return Page(context, form with { Error = EntryTexts.Of("CodeWrong") }, StatusCodes.Status403Forbidden);
            case SetupResult.Invalid(var errors):
                return Page(
                    context,
                    form with { Error = EntryTexts.Objection(password) ?? string.Join(' ', errors.Values.SelectMany(m => m)) },
                    StatusCodes.Status422UnprocessableEntity);
            case SetupResult.TryLater(var wait, var refused):
                return Page(context, form with { Error = EntryTexts.Wait(wait, refused) }, Later(context, wait, refused));
            default:
                throw new UnreachableException();
        }
    }

    // Without a session, as in a rush, the start page asks for the password once more.
    private static async Task LogInAfterSetupAsync(
        AuthService auth, HttpContext context, string password, CancellationToken cancellationToken)
    {
        if (await auth.LogInAsync(password, remember: false, context.Caller(), cancellationToken) is LoginResult.LoggedIn(var session))
        {
            SessionCookie.Write(context, session, remember: false);
        }
    }

    private static async Task<IResult> LogOutAsync(AuthService auth, HttpContext context, CancellationToken cancellationToken)
    {
        if (context.User.SessionId() is { } session)
        {
            await auth.LogOutAsync(session, cancellationToken);
        }

        SessionCookie.Delete(context);
        return GoTo(context, "/login");
    }

    private static async Task<IFormCollection?> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancellationToken) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static ProblemHttpResult NoForm() =>
        Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Not a form", "Send the page's form; programs use /api/auth.");

    private static RazorComponentResult<LoginPage> Page(HttpContext context, LoginForm form, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<LoginPage>(new Dictionary<string, object?> { [nameof(LoginPage.Form)] = form }) { StatusCode = status };
    }

    private static RazorComponentResult<SetupPage> Page(HttpContext context, SetupForm form, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<SetupPage>(new Dictionary<string, object?> { [nameof(SetupPage.Form)] = form }) { StatusCode = status };
    }

    private static int Later(HttpContext context, TimeSpan wait, bool refused)
    {
        context.Response.Headers.RetryAfter = $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}";
        return refused ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
    }

    /// <summary>See other: the browser asks for the page, whatever it sent before.</summary>
    private static StatusCodeHttpResult GoTo(HttpContext context, string path)
    {
        context.Response.Headers.Location = context.Request.PathBase + path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}

/// <param name="ReturnUrl">Where to go afterwards; checked here.</param>
/// <param name="Error">What was wrong the last time, as a sentence.</param>
public sealed record LoginForm(string ReturnUrl, bool Remember, string? Error)
{
    public LoginForm(string? returnUrl, bool remember = false)
        : this(ReturnAddress.Checked(returnUrl), remember, Error: null)
    {
    }
}

/// <param name="AsksForCode">Whether the browser is on another machine.</param>
/// <param name="Error">What was wrong the last time, as a sentence.</param>
public sealed record SetupForm(bool AsksForCode, string? Error = null);
