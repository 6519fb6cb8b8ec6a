using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AniWorld.Blazor.Auth;

/// <summary>Lets in whoever has a valid token of a live session.</summary>
internal sealed class SessionBearer(SessionTokens tokens, SessionService sessions) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name != JwtBearerDefaults.AuthenticationScheme)
        {
            return;
        }

        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = tokens.Validation;
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = TokenPlaces.ReadAsync,
            OnTokenValidated = CheckSessionAsync,
            OnChallenge = context =>
            {
                context.HandleResponse();
                return Refusals.AskForLoginAsync(context.HttpContext);
            },
            OnForbidden = context => Refusals.ForbidAsync(context.HttpContext),
        };
    }

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    private async Task CheckSessionAsync(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        if (await sessions.IsLiveAsync(token.Id, context.HttpContext.RequestAborted))
        {
            context.Principal = Credentials.OfSession(token.Id, new DateTimeOffset(token.ValidTo, TimeSpan.Zero))
                .ToPrincipal(TokenPlaces.ChannelOf(context.HttpContext));
        }
        else
        {
            context.Fail("The session has ended.");
        }
    }
}
