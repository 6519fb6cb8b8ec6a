namespace AniWorld.Services.Progress;

/// <summary>How an operation ended.</summary>
public sealed record CompletionContext
{
    public required OperationKind Operation { get; init; }

    public required Guid OperationId { get; init; }

    /// <summary>The series it was about; empty for one over all of them.</summary>
    public required string Key { get; init; }

    /// <summary>For display; never look anything up by it.</summary>
    public string? Folder { get; init; }

    public int? Season { get; init; }

    public int? Number { get; init; }

    public required bool Success { get; init; }

    public string? Message { get; init; }

    /// <summary>The finished file of a download.</summary>
    public string? Path { get; init; }

    /// <summary>What came of it in numbers, by name: <c>series</c>, <c>files</c>, <c>bytes</c>.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();
}
