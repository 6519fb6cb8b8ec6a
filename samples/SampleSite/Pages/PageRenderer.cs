using System.Security.Cryptography;
using System.Text;
using AniWorld.SampleSite.Faults;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Net.Http.Headers;

namespace AniWorld.SampleSite.Pages;

/// <summary>Turns a page into an answer with an <c>ETag</c>, so that a polite client can ask whether it changed.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers, IHttpContextAccessor http)
{
    private const string HtmlType = "text/html; charset=utf-8";

    /// <param name="parameters">The page's, by name.</param>
    public async Task<IResult> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        var html = await ToHtmlAsync<TPage>(parameters);
        var bytes = Encoding.UTF8.GetBytes(RedesignIsOn ? RedesignedPage.From(html) : html);
        return Results.Bytes(bytes, HtmlType, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
    }

    public async Task<IResult> NotFoundAsync() =>
        Results.Content(await ToHtmlAsync<NotFoundPage>([]), HtmlType, Encoding.UTF8, StatusCodes.Status404NotFound);

    private bool RedesignIsOn => http.HttpContext?.Features.Get<Fault>() is { Kind: FaultKind.Layout };

    private async Task<string> ToHtmlAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        // One per page: a renderer keeps what it rendered.
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
