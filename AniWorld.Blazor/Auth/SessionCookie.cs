using AniWorld.Services.Auth;

namespace AniWorld.Blazor.Auth;

/// <summary>The cookie that carries the pages' session: the same token that programs send as a bearer.</summary>
internal static class SessionCookie
{
    private const string Name = "aniworld_session";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    /// <param name="remember">Whether it outlives the browser.</param>
    public static void Write(HttpContext context, IssuedSession session, bool remember)
    {
        var options = Options(context.Request);
        options.Expires = remember ? session.ExpiresAt : null;
        context.Response.Cookies.Append(Name, session.Token, options);
    }

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context.Request));

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        IsEssential = true,
        Path = request.PathBase.HasValue ? request.PathBase : "/",
    };
}
