using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Tests.Catalogue;

/// <summary>A web server on a free port of loopback that answers as the test says and remembers what it was asked.</summary>
internal sealed class LocalSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalSite(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary><c>host:port</c>, as <c>network.allow_private_hosts</c> wants it.</summary>
    public string Authority => Address.Authority;

    public ConcurrentQueue<(string Path, IHeaderDictionary Headers)> Requests { get; } = new();

    public ConcurrentDictionary<string, RequestDelegate> Answers { get; } = new();

    public int Count(string path) => Requests.Count(request => request.Path == path);

    public static async Task<LocalSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var site = new LocalSite(app);
        app.Run(site.AnswerAsync);
        await app.StartAsync();
        return site;
    }

    public LocalSite Page(string path, string html, string type = "text/html; charset=utf-8") => On(path, context =>
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(html);
    });

    public LocalSite File(string path, byte[] content, string type) => On(path, context =>
    {
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(content).AsTask();
    });

    public LocalSite Redirect(string path, string target) => On(path, context =>
    {
        context.Response.Redirect(target);
        return Task.CompletedTask;
    });

    public LocalSite Status(string path, int status, string body = "") => On(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(body);
    });

    public LocalSite On(string path, RequestDelegate answer)
    {
        Answers[path] = answer;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path + context.Request.QueryString;
        Requests.Enqueue((path, new HeaderDictionary(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(context.Request.Headers))));
        if (Answers.TryGetValue(path, out var answer))
        {
            return answer(context);
        }

        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
