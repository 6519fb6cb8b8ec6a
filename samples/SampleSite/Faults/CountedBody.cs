namespace AniWorld.SampleSite.Faults;

/// <summary>Counts what goes to the connection.</summary>
internal sealed class CountedBody(Stream inner, LoggedRequest entry) : WrappedBody(inner)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Inner.WriteAsync(buffer, cancellationToken);
        entry.Count(buffer.Length);
    }
}
