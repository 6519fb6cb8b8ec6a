using System.Net;
using System.Text.Json;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Outbound;

/// <summary>The way to what the owner named himself, as under <c>notifications</c>: any address, also one at home.</summary>
/// <remarks>
/// It follows no redirect, so that nobody else chooses where it goes, and its connections are not those of <see cref="OutboundClient"/>.
/// Nothing that comes from remote data may be sent here as an address. Faults name the host, never the address's path, which may be secret.
/// </remarks>
public sealed class OwnedTargetClient
{
    /// <summary>More of an answer is not read.</summary>
    private const int MostAnswer = 64 << 10;

    private readonly IHttpClientFactory _clients;
    private readonly BoundedContent _bodies;
    private readonly IOptionsMonitor<AniWorldOptions> _options;
    private readonly TimeProvider _time;

    internal OwnedTargetClient(IHttpClientFactory clients, BoundedContent bodies, IOptionsMonitor<AniWorldOptions> options, TimeProvider time) =>
        (_clients, _bodies, _options, _time) = (clients, bodies, options, time);

    /// <returns>The body of an answer that says that all is well.</returns>
    /// <exception cref="FaultException"><c>http_NNN</c>, <c>rate_limited</c>, <c>protocol_error</c> (a redirect), <c>dns</c>, <c>refused</c>, <c>tls</c>, <c>timeout</c>.</exception>
    public async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        var address = request.RequestUri!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.CurrentValue.Limits.HeaderSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await _clients.CreateClient(nameof(OwnedTargetClient)).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var text = await TextAsync(response, either.Token);
            return response.IsSuccessStatusCode ? text : throw Refusal(response, text);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not FaultException { InnerException: null } && OutboundFaults.Of(e, address) is { } fault)
        {
            throw new FaultException(fault.Code, Said(fault.Code, address.Authority), e);
        }
    }

    /// <remarks>What an answer says is of use only when it says no, so one that cannot be read is as good as an empty one.</remarks>
    private async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await _bodies.ReadTextAsync(response, MostAnswer, cancellationToken);
        }
        catch (FaultException)
        {
            return "";
        }
    }

    private FaultException Refusal(HttpResponseMessage response, string text)
    {
        var host = response.RequestMessage!.RequestUri!.Authority;
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return new(FaultCode.ProtocolError, new Sentence("fault_target_redirects", host));
        }

        var fault = HttpRefusal.Of(response, _time);
        var answered = Answered(host, response.StatusCode);
        return new(fault.Code, Reason(text) is { } reason ? new Sentence("fault_target_says", answered, reason) : answered) { RetryAfter = fault.RetryAfter };
    }

    private static Sentence Answered(string host, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new Sentence("fault_target_login", host, (int)status),
        HttpStatusCode.NotFound => new Sentence("fault_target_nothing", host, (int)status),
        HttpStatusCode.TooManyRequests => new Sentence("fault_target_busy", host, (int)status),
        _ => new Sentence("fault_target_status", host, (int)status),
    };

    /// <summary>As Telegram, Gotify, Discord and ntfy say it, in this order.</summary>
    private static string? Reason(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind != JsonValueKind.Object ? null : new[] { "description", "errorDescription", "message", "error" }
                .Select(name => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
                .Select(reason => PlainText.Clean(reason))
                .FirstOrDefault(reason => reason is not null) is { } said ? said[..Math.Min(said.Length, 200)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Sentence Said(string code, string host) => code switch
    {
        FaultCode.Dns => new Sentence("fault_target_dns", host),
        FaultCode.Refused => new Sentence("fault_target_not_connected", host),
        FaultCode.Tls => new Sentence("fault_target_certificate", host),
        FaultCode.Timeout => new Sentence("fault_target_no_answer", host),
        _ => new Sentence("fault_target_http", host),
    };
}
