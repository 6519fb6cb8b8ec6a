using System.Globalization;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Layout;

/// <summary>
/// The language of the pages and the form of their dates and numbers: what the reader chose in this browser, else <c>ui.language</c>, else
/// what the browser asks for, else English. Calls for programs are left alone.
/// </summary>
internal static class ReaderLanguage
{
    /// <summary>Holds the reader's choice in ASP.NET Core's form, <c>c=de|uic=de</c>; written by <c>page.js</c>.</summary>
    private const string Cookie = "aniworld-language";

    private static readonly string[] ForPrograms = ["/api", "/ws", "/health", "/metrics"];

    public static IReadOnlyList<string> Choices { get; } = ["de", "en"];

    /// <summary>In itself, so that whoever looks for it can read it: <c>Deutsch</c>, <c>English</c>.</summary>
    public static string NameOf(string code) => CultureInfo.GetCultureInfo(code).NativeName;

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>For events of services, which come from threads that know no reader: what is called speaks the present reader's language.</summary>
    public static Action Keep(Action act)
    {
        var context = ExecutionContext.Capture();
        return context is null ? act : () => ExecutionContext.Run(context, _ => act(), null);
    }

    /// <returns>The language chosen in this browser; <see langword="null"/> for none.</returns>
    public static string? ChosenIn(HttpRequest request) =>
        request.Cookies[Cookie] is { } cookie && CookieRequestCultureProvider.ParseCookieValue(cookie)?.UICultures is [var language, ..]
            ? language.Value
            : null;

    public static IApplicationBuilder UseReaderLanguage(this IApplicationBuilder app)
    {
        var configuration = app.ApplicationServices.GetRequiredService<IOptionsMonitor<AniWorldOptions>>();
        var forms = CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => Choices.Contains(culture.TwoLetterISOLanguageName)).ToList();
        var options = new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture("en"),
            SupportedCultures = forms,
            SupportedUICultures = forms,
            RequestCultureProviders =
            [
                new CookieRequestCultureProvider { CookieName = Cookie },
                new CustomRequestCultureProvider(_ => Task.FromResult(
                    configuration.CurrentValue.Ui.Language is { } language ? new ProviderCultureResult(language) : null)),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ],
        };
        return app.UseWhen(
            context => !ForPrograms.Any(path => context.Request.Path.StartsWithSegments(path)),
            pages => pages.UseRequestLocalization(options));
    }
}
