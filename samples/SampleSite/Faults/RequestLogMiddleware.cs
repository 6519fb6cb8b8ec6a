namespace AniWorld.SampleSite.Faults;

/// <summary>Writes each request down before it is answered, and how it ended.</summary>
internal sealed class RequestLogMiddleware(RequestDelegate next, RequestLog log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (ControlEndpoints.Owns(context.Request.Path))
        {
            await next(context);
            return;
        }

        var entry = log.Begin(context);
        context.Response.Body = new CountedBody(context.Response.Body, entry);
        try
        {
            await next(context);
        }
        finally
        {
            log.End(entry, context.Response.StatusCode);
        }
    }
}
