namespace AniWorld.Blazor.Layout;

/// <summary>Addresses that programs ask for, not people: refusals there are bare or problems, never pages.</summary>
internal static class ProgramPaths
{
    private static readonly PathString[] All = ["/api", "/ws", "/health", "/metrics", "/openapi", "/_framework", "/_blazor"];

    public static bool Contains(PathString path) => All.Any(program => path.StartsWithSegments(program));
}
