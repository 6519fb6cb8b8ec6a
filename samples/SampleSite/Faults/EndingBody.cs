namespace AniWorld.SampleSite.Faults;

/// <summary>Lets so many bytes through. When there would be more, it sends those, does what it was told, and ends the answer.</summary>
internal sealed class EndingBody(Stream inner, long limit, Func<Task> then) : WrappedBody(inner)
{
    private long _left = limit;

    /// <exception cref="BodyEndedException">The end is reached.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var allowed = (int)Math.Min(_left, buffer.Length);
        await Inner.WriteAsync(buffer[..allowed], cancellationToken);
        _left -= allowed;
        if (allowed < buffer.Length)
        {
            await Inner.FlushAsync(cancellationToken);
            await then();
            throw new BodyEndedException();
        }
    }
}

/// <summary>Stops whoever writes an answer's body, because a fault ends it here.</summary>
internal sealed class BodyEndedException() : Exception("A fault ends the answer here.");
