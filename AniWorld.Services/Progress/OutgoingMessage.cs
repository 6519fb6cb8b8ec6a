namespace AniWorld.Services.Progress;

/// <summary>Something that waits in a <see cref="ProgressOutbox"/> for its reader.</summary>
public abstract class OutgoingMessage
{
    private readonly Lazy<byte[]> _json;

    private protected OutgoingMessage() => _json = new Lazy<byte[]>(Serialize);

    /// <summary>As UTF-8, made once however many receive it; empty for what never goes to a socket.</summary>
    internal ReadOnlyMemory<byte> Json => _json.Value;

    private protected abstract byte[] Serialize();
}
