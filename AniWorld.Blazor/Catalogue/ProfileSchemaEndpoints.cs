using AniWorld.Services.Catalogue.SiteProfiles;

namespace AniWorld.Blazor.Catalogue;

/// <summary>The JSON schema of site profiles, for people's editors: the same file for everybody, like the program's other static files.</summary>
internal static class ProfileSchemaEndpoints
{
    public static void MapProfileSchema(this IEndpointRouteBuilder routes) => routes
        .MapGet("/schemas/site-profile.json", () => TypedResults.Stream(ProfileSchema.Open(), "application/schema+json"))
        .AllowAnonymous()
        .ExcludeFromDescription();
}
