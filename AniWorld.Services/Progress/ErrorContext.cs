namespace AniWorld.Services.Progress;

/// <summary>Something that went wrong within an operation.</summary>
public sealed record ErrorContext
{
    public required OperationKind Operation { get; init; }

    public required Guid OperationId { get; init; }

    /// <summary>The series at hand; empty when it concerns all of them.</summary>
    public required string Key { get; init; }

    /// <summary>For display; never look anything up by it.</summary>
    public string? Folder { get; init; }

    public int? Season { get; init; }

    public int? Number { get; init; }

    /// <summary>Who was asked, by a name that comes from a remote page; <see langword="null"/> when it was no hoster.</summary>
    public string? Hoster { get; init; }

    /// <summary>One of <see cref="Faults.FaultCode"/>.</summary>
    public required string Code { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>Whether the operation goes on with the rest.</summary>
    public bool GoesOn { get; init; }

    public Exception? Exception { get; init; }
}
