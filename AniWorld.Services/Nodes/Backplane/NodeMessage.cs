using AniWorld.Services.Progress;

namespace AniWorld.Services.Nodes.Backplane;

/// <summary>What one node tells the others: something that happened, or that a session or key no longer counts.</summary>
/// <param name="Id">The same however often and on whichever way it comes.</param>
/// <param name="Origin">The run of the node that tells it.</param>
internal sealed record NodeMessage(Guid Id, Guid Origin)
{
    public ProgressEvent? Event { get; init; }

    /// <summary>The session or key that ended, as <see cref="Auth.Revocations"/> names it.</summary>
    public string? Ended { get; init; }
}
