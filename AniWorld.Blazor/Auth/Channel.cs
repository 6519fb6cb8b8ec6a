using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace AniWorld.Blazor.Auth;

/// <summary>How a request showed who it is; the authentication type of its user.</summary>
internal static class Channel
{
    public const string Cookie = CookieAuthenticationDefaults.AuthenticationScheme;
    public const string Token = JwtBearerDefaults.AuthenticationScheme;
    public const string Ticket = "Ticket";
    public const string ApiKey = "ApiKey";
}

