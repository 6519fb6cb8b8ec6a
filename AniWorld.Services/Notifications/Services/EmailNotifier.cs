using System.Net;
using System.Net.Sockets;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace AniWorld.Services.Notifications.Services;

/// <summary>An e-mail over SMTP: encrypted from the start (<c>smtps</c>), or as soon as the server offers it (<c>smtp</c>).</summary>
internal sealed class EmailNotifier(IOptionsMonitor<AniWorldOptions> options, TimeProvider time) : INotifier
{
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    public NotificationType Type => NotificationType.Email;

    public async Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken)
    {
        var server = new Uri(target.Url!);
        using var mail = Compose(target, message);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.CurrentValue.Limits.HeaderSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        // Revocation lists would be fetched past the way out; no other client here does that either.
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        try
        {
            await ConnectAsync(client, server, either.Token);
            await LogInAsync(client, server, target, either.Token);
            await client.SendAsync(mail, either.Token);
            await client.DisconnectAsync(quit: true, either.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && FaultOf(e, server) is { } fault)
        {
            throw fault;
        }
    }

    private static MimeMessage Compose(NotificationOptions target, NotificationMessage message)
    {
        var mail = new MimeMessage { Subject = message.Title, Date = message.At, Body = new TextPart("plain") { Text = message.Text } };
        mail.From.Add(MailboxAddress.Parse(target.From!));
        mail.To.AddRange(target.To.Select(MailboxAddress.Parse));
        mail.MessageId = $"{message.Id:N}@aniworld.invalid";
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static Task ConnectAsync(SmtpClient client, Uri server, CancellationToken cancellationToken)
    {
        var isTls = server.Scheme == "smtps";
        var port = server.Port > 0 ? server.Port : isTls ? TlsPort : SubmissionPort;
        return client.ConnectAsync(server.IdnHost, port, isTls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable, cancellationToken);
    }

    private static async Task LogInAsync(SmtpClient client, Uri server, NotificationOptions target, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(target.User))
        {
            return;
        }

        if (!client.IsSecure && !IsThisMachine(server))
        {
            throw new FaultException(FaultCode.Tls, new Sentence("fault_mail_open", server.Authority));
        }

        await client.AuthenticateAsync(target.User, target.Password ?? "", cancellationToken);
    }

    private static bool IsThisMachine(Uri server) =>
        server.IdnHost == "localhost" || (IPAddress.TryParse(server.IdnHost, out var address) && IPAddress.IsLoopback(address));

    private static FaultException? FaultOf(Exception e, Uri server)
    {
        var host = server.Authority;
        return e switch
        {
            FaultException fault => fault,
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => new(
                FaultCode.Dns, new Sentence("fault_target_dns", server.IdnHost), e),
            SocketException => new(FaultCode.Refused, new Sentence("fault_mail_not_connected", host), e),
            SslHandshakeException => new(FaultCode.Tls, new Sentence("fault_mail_certificate", host), e),
            AuthenticationException or NotSupportedException => new(FaultCode.Http(401), new Sentence("fault_mail_login", host), e),
            SmtpCommandException refused => Refusal(refused, host),
            ProtocolException => new(FaultCode.ProtocolError, new Sentence("fault_mail_smtp", host), e),
            IOException or TimeoutException or OperationCanceledException or ServiceNotConnectedException => new(
                FaultCode.Timeout, new Sentence("fault_target_no_answer", host), e),
            _ => null,
        };
    }

    /// <summary>A 4xx reply may pass, a 5xx one stays (RFC 5321, section 4.2.1).</summary>
    private static FaultException Refusal(SmtpCommandException refused, string host) => (int)refused.StatusCode < 500
        ? new(FaultCode.RateLimited, new Sentence("fault_mail_later", host, (int)refused.StatusCode), refused)
        : new(FaultCode.Http(400), new Sentence("fault_mail_refused", host, (int)refused.StatusCode, refused.Message), refused);
}
