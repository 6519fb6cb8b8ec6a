namespace AniWorld.Blazor.Layout;

/// <summary>The pages, and what is shown in place of one that does not exist or failed.</summary>
internal static class PageEndpoints
{
    /// <summary>A person who mistypes an address gets a page; a program gets the bare status.</summary>
    public static IApplicationBuilder UseNotFoundPage(this IApplicationBuilder app) => app.UseWhen(
        context => !ProgramPaths.Contains(context.Request.Path),
        pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

    public static RazorComponentsEndpointConventionBuilder MapPages(this IEndpointRouteBuilder routes) =>
        routes.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            // The policy header already says frame-ancestors 'none' for every answer.
            mode => mode.ContentSecurityFrameAncestorsPolicy = null);
}
