using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Layout;

/// <summary>What happened since the last tick.</summary>
/// <param name="Anew">Events were lost on the way, or a restore changed everything: read all that is shown again.</param>
public sealed record LiveBatch(IReadOnlyList<ProgressEvent> Events, bool Anew)
{
    public static LiveBatch ReadAnew { get; } = new([], Anew: true);

    /// <summary>Whether anything of this kind happened, or may have.</summary>
    public bool Tells<TEvent>(Func<TEvent, bool>? which = null)
        where TEvent : ProgressEvent =>
        Anew || Events.OfType<TEvent>().Any(which ?? (_ => true));
}
