using AniWorld.Data.History;

namespace AniWorld.Services.Auth;

/// <summary>What happened around log-ins, for the history. Never a password, token or key.</summary>
internal static class AuthHistory
{
    public static HistoryEvent Of(string kind, params (string Name, string? Value)[] details) => new()
    {
        Kind = kind,
        Details = details.Where(d => d.Value is not null).ToDictionary(d => d.Name, d => d.Value!),
    };
}
