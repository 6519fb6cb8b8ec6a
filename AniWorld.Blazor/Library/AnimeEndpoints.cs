using AniWorld.Blazor.Documentation;
using AniWorld.Blazor.Policy;
using AniWorld.Data.Library;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Library;

/// <summary>The library's series over HTTP, under <c>/api/anime</c>.</summary>
internal static class AnimeEndpoints
{
    public static void MapAnime(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/anime").WithTags("Anime");
        group.MapGet("/", ListAsync).WithEntityTags().WithSummary("Series with missing episodes, or all");
        group.MapGet("/{animeId}", FindAsync).WithSummary("One series with its episodes").Refuses(404);
        group.MapPost("/search", SearchAsync).WithSummary("Search the catalogues").Refuses(502);
        group.MapPost("/add", AddAsync).WithSummary("Add the series that a link leads to").Refuses(404, 409, 502);
        group.MapPatch("/{key}", ChangeAsync).WithSummary("Change a series").Refuses(404);
        group.MapPatch("/{key}/episodes", ChangeEpisodesAsync).WithSummary("Ignore episodes, or want them again").Refuses(404);
        group.MapPost("/{key}/files/language", AssignLanguageAsync).WithSummary("Say what files of unknown language are in").Refuses(404);
        group.MapDelete("/{key}/episodes/{season:int}/{episode:int}/files/{language}", RemoveFilesAsync)
            .WithSummary("Move an episode's files of one language to the trash").Refuses(404);
        group.MapDelete("/{key}", DeleteAsync).WithSummary("Remove a series").Refuses(404);
        group.MapPost("/{key}/restore", RestoreAsync).WithSummary("Bring a removed series back").Refuses(404);
    }

    private static async Task<Results<Ok<AnimeSummary[]>, ProblemHttpResult>> ListAsync(
        AnimeService anime,
        HttpContext context,
        CancellationToken cancellationToken,
        bool all = false,
        int page = 1,
        int? per_page = null,
        string sort = "name",
        string? filter = null)
    {
        if (Paging.Problem(page, per_page) is { } problem)
        {
            return problem;
        }

        var descending = sort.StartsWith('-');
        if (!ContractJson.TryParse<SeriesSort>(descending ? sort[1..] : sort, out var by))
        {
            return Problems.Invalid("sort", $"'{sort}' is no order; use name, missing, added, updated, year or progress, with '-' for descending.");
        }

        var found = await anime.ListAsync(
            new SeriesQuery { All = all, Filter = filter, Sort = by, Descending = descending, Page = page, PerPage = per_page },
            cancellationToken);
        Paging.SetTotal(context, found.Total);
        return TypedResults.Ok(found.Items.Select(AnimeSummary.From).ToArray());
    }

    private static async Task<Results<Ok<AnimeDetail>, ProblemHttpResult>> FindAsync(
        string animeId, AnimeService anime, HttpContext context, CancellationToken cancellationToken)
    {
        if (await anime.FindAsync(animeId, cancellationToken) is { } series)
        {
            return TypedResults.Ok(AnimeDetail.From(series, DecisionSentence.CultureOf(context.Request)));
        }

        // Old clients look series up by folder.
        if (await anime.KeyOfFolderAsync(animeId, cancellationToken) is { } key
            && await anime.FindAsync(key, cancellationToken) is { } byFolder)
        {
            context.Response.Headers["Deprecation"] = "true";
            return TypedResults.Ok(AnimeDetail.From(byFolder, DecisionSentence.CultureOf(context.Request)));
        }

        return Unknown(animeId);
    }

    private static async Task<Results<Ok<SearchHitJson[]>, ProblemHttpResult>> SearchAsync(
        SearchRequest request, AnimeService anime, CancellationToken cancellationToken)
    {
        var found = await anime.SearchAsync(request.Query, request.Provider, cancellationToken);
        if (!found.Answered)
        {
            return Problems.ProviderUnreachable(found.Asked == 0
                ? "No catalogue is switched on; switch one on in the settings."
                : string.Join(' ', found.Faults));
        }

        return TypedResults.Ok(found.Hits.Select(f => new SearchHitJson(
            f.Hit.Key,
            f.Hit.Name,
            f.Hit.Site,
            f.Hit.Link.AbsoluteUri,
            f.Folder,
            f.Hit.Year,
            f.Hit.Description,
            f.CoverId is { } cover ? $"/api/covers/{cover}" : null,
            f.InLibrary)).ToArray());
    }

    private static async Task<Results<Created<AnimeSummary>, ProblemHttpResult>> AddAsync(
        AddRequest request, AnimeService anime, CancellationToken cancellationToken) =>
        await anime.AddAsync(request.Link, request.Name, request.Folder, cancellationToken) switch
        {
            AddResult.Added(var series) => TypedResults.Created($"/api/anime/{series.Key}", AnimeSummary.From(series)),
            AddResult.AlreadyThere(var key) => Problems.Conflict($"The library has '{key}' already."),
            AddResult.NotFound(var message) => Problems.NotFound(message.ToString()),
            AddResult.NotRecognised(var message) => Problems.Invalid("link", message.ToString()),
            AddResult.Invalid(var member, var message) => Problems.Invalid(member, message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static async Task<Results<Ok<AnimeSummary>, ProblemHttpResult>> ChangeAsync(
        string key, SeriesPatch patch, AnimeService anime, CancellationToken cancellationToken) =>
        await anime.ChangeAsync(key, patch.ToChange(), cancellationToken) switch
        {
            SeriesChangeResult.Changed(var series) => TypedResults.Ok(AnimeSummary.From(series)),
            SeriesChangeResult.Invalid(var member, var message) => Problems.Invalid(member, message),
            _ => Unknown(key),
        };

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeEpisodesAsync(
        string key, EpisodesChange change, AnimeService anime, CancellationToken cancellationToken) =>
        await anime.SetEpisodesAsync(key, change.Episodes, change.Ignored, change.Wanted, cancellationToken)
            ? TypedResults.NoContent()
            : Unknown(key);

    private static async Task<Results<Ok<LanguageAssigned>, ProblemHttpResult>> AssignLanguageAsync(
        string key, LanguageAssignment assignment, AnimeService anime, CancellationToken cancellationToken) =>
        await anime.AssignLanguageAsync(
            key, assignment.Episodes, Language.Parse(assignment.From), Language.Parse(assignment.Language), cancellationToken) is { } assigned
            ? TypedResults.Ok(new LanguageAssigned(assigned.Paths.Count))
            : Unknown(key);

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveFilesAsync(
        string key, int season, int episode, string language, AnimeService anime, CancellationToken cancellationToken)
    {
        if (!Language.TryParse(language, out var chosen))
        {
            return Problems.Invalid("language", $"'{language}' is not a language; use a code such as de-dub, en-sub or ja.");
        }

        return await anime.RemoveFilesAsync(key, new EpisodeNumber(season, episode), chosen, cancellationToken) switch
        {
            FileRemovalResult.Removed => TypedResults.NoContent(),
            FileRemovalResult.UnknownSeries => Unknown(key),
            _ => Problems.NotFound($"Season {season}, episode {episode} of '{key}' has no file in {language}."),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string key, AnimeService anime, CancellationToken cancellationToken, bool files = false) =>
        await anime.DeleteAsync(key, files, cancellationToken) ? TypedResults.NoContent() : Unknown(key);

    private static async Task<Results<NoContent, ProblemHttpResult>> RestoreAsync(
        string key, AnimeService anime, CancellationToken cancellationToken) =>
        await anime.RestoreAsync(key, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound($"No removed series has the key '{key}'.");

    private static ProblemHttpResult Unknown(string key) =>
        Problems.NotFound($"No series has the key '{key}'; it may have been removed.");
}
