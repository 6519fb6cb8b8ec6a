namespace AniWorld.Services.Scheduling;

/// <summary>What came of a scheduled run.</summary>
/// <param name="Message">A sentence for the owner.</param>
public abstract record WorkOutcome(string Message)
{
    public sealed record Done(string Message) : WorkOutcome(Message);

    /// <summary>Nothing was done, such as when the same work ran already.</summary>
    public sealed record Skipped(string Message) : WorkOutcome(Message);
}
