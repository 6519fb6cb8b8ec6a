using System.Text.Encodings.Web;
using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Auth;

/// <summary>Lets in whoever sends a valid key as <c>X-Api-Key</c>, the commands of this machine among them; for the calendar, also as <c>?key=</c>.</summary>
internal sealed class ApiKeyHandler(
    ApiKeyService keys,
    CommandLineAccess commandLine,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = KeyPlaces.Read(Request);
        return (commandLine.Check(key) ?? await keys.CheckAsync(key, Context.RequestAborted)) is { } credentials
            ? AuthenticateResult.Success(new AuthenticationTicket(KeyPlaces.Allowed(Request, credentials).ToPrincipal(Channel.ApiKey), Scheme.Name))
            : AuthenticateResult.Fail("The key is unknown, revoked or expired.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.AskForLoginAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.ForbidAsync(Context);
}
