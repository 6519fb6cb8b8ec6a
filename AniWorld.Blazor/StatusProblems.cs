using AniWorld.Blazor.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor;

/// <summary>Refusals that no handler wrote a body for, such as an address that leads nowhere, as problems too.</summary>
internal static class StatusProblems
{
    public static IApplicationBuilder UseStatusProblems(this IApplicationBuilder app) => app.UseWhen(
        context => ProgramPaths.Contains(context.Request.Path),
        programs => programs.UseStatusCodePages(context => Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext)));

    private static ProblemHttpResult Of(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problems.NotFound("Nothing is at this address; look at its spelling."),
        StatusCodes.Status405MethodNotAllowed => Problems.Of(
            status, "Method not allowed", "This address takes another method; the header Allow names it."),
        StatusCodes.Status415UnsupportedMediaType => BadRequests.NotJson(),
        _ => Problems.Of(status, "Refused", "The request was refused; look at its address, headers and body."),
    };
}
