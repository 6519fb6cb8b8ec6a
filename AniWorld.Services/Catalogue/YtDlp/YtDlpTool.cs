using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue.YtDlp;

/// <summary>Asks the installed <c>yt-dlp</c> what an address leads to. It downloads nothing, and reaches only what the way out allows.</summary>
internal sealed partial class YtDlpTool(MediaTools tools, AddressGate gate, IOptionsMonitor<AniWorldOptions> options)
{
    private const int MostOutput = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What is the same with every call: no settings, no files of the user's account.</summary>
    private static readonly string[] Always =
        ["--ignore-config", "--no-cache-dir", "--no-warnings", "--no-progress", "--socket-timeout", "20", "--retries", "2", "--dump-single-json"];

    /// <summary>The proxy counts for each host, whatever the environment says.</summary>
    private static readonly Dictionary<string, string> Surroundings = new() { ["no_proxy"] = "", ["NO_PROXY"] = "", ["PYTHONIOENCODING"] = "utf-8" };

    public bool IsInstalled => tools.YtDlp is not null;

    public static FaultException Missing() => new(
        FaultCode.ToolMissing, new Sentence("fault_yt_dlp_missing"));

    /// <param name="arguments">Besides those that are always given.</param>
    /// <exception cref="FaultException">
    /// <c>tool_missing</c>; <c>tool_failed</c> with what it said; <c>no_stream</c>: it does not know such addresses; <c>http_NNN</c>,
    /// <c>blocked_address</c>, <c>unsupported_encryption</c>, <c>manual_action</c>.
    /// </exception>
    public async Task<JsonDocument> AskAsync(Uri address, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        if (!WebAddress.IsWeb(address))
        {
            throw new FaultException(FaultCode.BlockedScheme, new Sentence("fault_yt_dlp_scheme"));
        }

        var tool = tools.YtDlp ?? throw Missing();
        await using var proxy = new FilteringProxy(gate, options);
        var result = await ExternalTool.RunAsync(
            tool, [.. Always, "--proxy", proxy.Address.AbsoluteUri, .. arguments, "--", address.AbsoluteUri], Patience, cancellationToken,
            mostOutput: MostOutput, environment: Surroundings);
        return result.ExitCode == 0 ? Parse(result.Output, address) : throw proxy.Refusal ?? FaultOf(result.LastLine, address);
    }

    private static JsonDocument Parse(string output, Uri address)
    {
        try
        {
            return JsonDocument.Parse(output);
        }
        catch (JsonException e)
        {
            throw new FaultException(FaultCode.TooLarge, new Sentence("fault_yt_dlp_large", address.Authority), e);
        }
    }

    private static FaultException FaultOf(string said, Uri address)
    {
        var reason = PlainText.Clean(said.Replace("ERROR:", "", StringComparison.Ordinal)) is { } clean
            ? Sentence.Plain(clean[..Math.Min(clean.Length, 300)])
            : new Sentence("fault_yt_dlp_no_reason");
        var code = HttpStatus().Match(said) is { Success: true } status
            ? FaultCode.Http(int.Parse(status.Groups[1].Value, CultureInfo.InvariantCulture))
            : said switch
            {
                _ when Has("Unsupported URL") => FaultCode.NoStream,
                _ when Has("DRM") => FaultCode.UnsupportedEncryption,
                _ when Has("Sign in") || Has("log in") || Has("captcha") => FaultCode.ManualAction,
                _ when Has("Private video") || Has("unavailable") || Has("has been removed") => FaultCode.Http(410),
                _ => FaultCode.ToolFailed,
            };
        return new FaultException(code, new Sentence("fault_yt_dlp", address.Authority, reason));

        bool Has(string part) => said.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"HTTP Error ([45][0-9]{2})")]
    private static partial Regex HttpStatus();
}
