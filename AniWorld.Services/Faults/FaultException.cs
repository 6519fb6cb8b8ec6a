namespace AniWorld.Services.Faults;

/// <summary>A failure with a name that programs can act on and a sentence that people can.</summary>
/// <param name="code">One of <see cref="FaultCode"/>.</param>
/// <param name="sentence">What is wrong, naming the thing and the way out; shown to the user as it is, and English as the message.</param>
public class FaultException(string code, Sentence sentence, Exception? inner = null) : Exception(sentence.ToString(), inner)
{
    public string Code { get; } = code;

    public Sentence Sentence { get; } = sentence;

    /// <summary>How long the other side asked to be left alone (<c>Retry-After</c>); <see langword="null"/> when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>As the queue stores it and the API shows it: <c>code: sentence</c>.</summary>
    public string Text => $"{Code}: {Message}";
}
