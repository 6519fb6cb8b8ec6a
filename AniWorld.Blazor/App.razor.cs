using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor;

/// <summary>The HTML document around every page.</summary>
public sealed partial class App(IOptionsMonitor<AniWorldOptions> options) : ComponentBase
{
    private static readonly InteractiveServerRenderMode Interactive = new(prerender: false);

    [CascadingParameter]
    public required HttpContext Request { get; set; }

    /// <summary>Pages marked <c>[ExcludeFromInteractiveRouting]</c> (log-in, set-up, error) are plain forms without a circuit.</summary>
    private InteractiveServerRenderMode? PageMode => Request.AcceptsInteractiveRouting() ? Interactive : null;

    private ReaderLook Look => ReaderLook.Of(Request.Request, options.CurrentValue.Ui);

    private string BaseAddress => $"{Request.Request.PathBase}/";
}
