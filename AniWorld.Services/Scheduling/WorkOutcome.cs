namespace AniWorld.Services.Scheduling;

/// <summary>What came of a scheduled run.</summary>
/// <param name="Message">For the owner.</param>
public abstract record WorkOutcome(Sentence Message)
{
    public sealed record Done(Sentence Message) : WorkOutcome(Message);

    /// <summary>Nothing was done, such as when the same work ran already.</summary>
    public sealed record Skipped(Sentence Message) : WorkOutcome(Message);
}
