using AniWorld.Services.Faults;

namespace AniWorld.Services.Streaming;

/// <summary>Why a hoster does not deliver.</summary>
public sealed class HosterFault(string hoster, string code, Sentence sentence, Exception? inner = null) : FaultException(code, sentence, inner)
{
    public string Hoster => hoster;

    /// <summary>It was not even asked, because it is left alone for a while: <see cref="FaultException.RetryAfter"/>.</summary>
    public bool IsResting { get; init; }

    /// <summary>The fault with its hoster's name, in code and in the sentence.</summary>
    public static HosterFault Of(string hoster, FaultException fault) => fault as HosterFault
        ?? new(hoster, fault.Code, new Sentence("fault_of", hoster, fault.Sentence), fault) { RetryAfter = fault.RetryAfter };
}
