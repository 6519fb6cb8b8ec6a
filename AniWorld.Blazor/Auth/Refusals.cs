using AniWorld.Blazor.Layout;
using AniWorld.Services.Auth;

namespace AniWorld.Blazor.Auth;

/// <summary>What somebody gets who is not let in: a person the log-in page, a program a problem.</summary>
internal static class Refusals
{
    public static async Task AskForLoginAsync(HttpContext context)
    {
        if (IsPage(context.Request))
        {
            var auth = context.RequestServices.GetRequiredService<AuthService>();
            var isConfigured = await auth.IsConfiguredAsync(context.RequestAborted);
            context.Response.Redirect(context.Request.PathBase + (isConfigured ? LoginAddress(context.Request) : "/setup"));
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await Problems.Unauthorized("Log in first: the token, key or ticket is missing, wrong, expired or revoked.").ExecuteAsync(context);
    }

    public static Task ForbidAsync(HttpContext context) =>
        Problems.Forbidden(KeyPlaces.IsInAddress(context.Request)
            ? "A key in an address may only read; make one that has the scope \"read\" alone."
            : $"This key lacks the scope \"{ScopeRules.Needed(context.Request)}\"; make one that has it.").ExecuteAsync(context);

    private static string LoginAddress(HttpRequest request) =>
        request.Path == "/" && !request.QueryString.HasValue
            ? "/login"
            : $"/login?returnUrl={Uri.EscapeDataString(request.Path.ToUriComponent() + request.QueryString.ToUriComponent())}";

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && (!ProgramPaths.Contains(request.Path) || IsApiDocs(request));

    // The one page below /api.
    private static bool IsApiDocs(HttpRequest request) =>
        request.Path.StartsWithSegments("/api/docs") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
