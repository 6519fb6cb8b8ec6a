namespace AniWorld.Services.Telemetry;

/// <summary>A fault code as a label. The codes are a fixed list but for <c>http_NNN</c>, whose number another server chooses.</summary>
internal static class FaultClass
{
    /// <param name="error">A code, or <c>code: sentence</c>.</param>
    /// <returns>The code; of <c>http_404</c> it is <c>http_4xx</c>.</returns>
    public static string Of(string error)
    {
        var code = error.Split(':', 2)[0];
        return !code.StartsWith("http_", StringComparison.Ordinal) ? code
            : code.Length > 5 && code[5] is >= '1' and <= '5' ? $"http_{code[5]}xx"
            : "http_other";
    }
}
