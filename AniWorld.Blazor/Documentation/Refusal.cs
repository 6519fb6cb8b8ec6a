namespace AniWorld.Blazor.Documentation;

/// <summary>A status, besides the common ones, with which a call answers a problem.</summary>
internal sealed record Refusal(int Status);

internal static class RefusalMetadata
{
    /// <summary>Documents the statuses that a call's own handler refuses with.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder call, params int[] statuses) =>
        call.WithMetadata([.. statuses.Select(status => new Refusal(status))]);
}
