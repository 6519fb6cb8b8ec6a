using AniWorld.Services.Policy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Policy;

/// <summary>What is missing or could be better, over HTTP, under <c>/api/missing</c>.</summary>
internal static class MissingEndpoints
{
    public static void MapMissing(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/missing", ListAsync).WithEntityTags().WithTags("Anime").WithSummary("Missing or upgradable episodes over all series");

    private static async Task<Results<Ok<MissingJson[]>, ProblemHttpResult>> ListAsync(
        [AsParameters] MissingRequest request,
        MissingService missing,
        HttpContext context,
        CancellationToken cancellationToken,
        int page = 1,
        int? per_page = null)
    {
        if (Paging.Problem(page, per_page) is { } unpaged)
        {
            return unpaged;
        }

        if (request.Problem is var (member, message))
        {
            return Problems.Invalid(member, message);
        }

        var found = await missing.ListAsync(request.ToQuery() with { Page = page, PerPage = per_page }, cancellationToken);
        Paging.SetTotal(context, found.Total);
        var reader = DecisionSentence.CultureOf(context.Request);
        return TypedResults.Ok(found.Items.Select(e => MissingJson.From(e, reader)).ToArray());
    }
}
