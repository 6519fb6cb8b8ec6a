using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AniWorld.Blazor.Auth;

/// <summary>Lets nothing more into a circuit that was signed out, whatever its page still shows.</summary>
internal sealed class SessionCircuitHandler(AuthenticationStateProvider states) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        async activity =>
        {
            var state = await states.GetAuthenticationStateAsync();
            if (state.User.Identity is { IsAuthenticated: true })
            {
                await next(activity);
            }
        };
}
