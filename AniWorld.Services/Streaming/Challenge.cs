using AniWorld.Services.Faults;

namespace AniWorld.Services.Streaming;

/// <summary>Pages that want a person: captchas and the browser checks of content delivery networks.</summary>
internal static class Challenge
{
    /// <summary>Names of the widgets and scripts that such pages load.</summary>
    private static readonly string[] Marks =
    [
        "g-recaptcha", "google.com/recaptcha", "recaptcha/api.js", "h-captcha", "hcaptcha.com/1/api.js", "cf-turnstile",
        "challenges.cloudflare.com", "/cdn-cgi/challenge-platform", "cf-chl-", "ddos-guard/js-challenge", "<title>Just a moment...",
    ];

    public static bool IsIn(string html) => Marks.Any(mark => html.Contains(mark, StringComparison.OrdinalIgnoreCase));

    public static FaultException Fault(Uri address) => new(
        FaultCode.ManualAction, new Sentence("fault_captcha", address.Authority));
}
