namespace AniWorld.Services.Progress;

/// <summary>What an operation that calls back does.</summary>
public enum OperationKind
{
    Search,
    Series,
    Scan,
    Download,
}
