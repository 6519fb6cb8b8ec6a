using System.Text.Encodings.Web;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Auth;

/// <summary>Lets in whoever sends a valid key as <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyHandler(
    ApiKeyService keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        await keys.CheckAsync(Request.Headers[Header].ToString(), Context.RequestAborted) is { } credentials
            ? AuthenticateResult.Success(new AuthenticationTicket(credentials.ToPrincipal(Channel.ApiKey), Scheme.Name))
            : AuthenticateResult.Fail("The key is unknown, revoked or expired.");

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.AskForLoginAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.ForbidAsync(Context);
}
