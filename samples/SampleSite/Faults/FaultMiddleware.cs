using System.Net.Http.Headers;

namespace AniWorld.SampleSite.Faults;

/// <summary>Lets requests meet their faults: answers itself, changes the request, or comes between the answer and the wire.</summary>
/// <remarks>What only the server of a page or file can do (<see cref="FaultKind.Changed"/>, <see cref="FaultKind.Layout"/>,
/// <see cref="FaultKind.EscapedJson"/>) it finds as a <see cref="Fault"/> among the request's features.</remarks>
internal sealed class FaultMiddleware(RequestDelegate next, FaultPlan plan, SampleSiteOptions options, IHostApplicationLifetime lifetime)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (ControlEndpoints.Owns(context.Request.Path))
        {
            await next(context);
            return;
        }

        var (fault, throttle) = plan.Take(context.Request);
        context.Features.Set(fault);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        Throttle(context, throttle?.BytesPerSecond, ending.Token);
        try
        {
            await AnswerAsync(context, fault, ending.Token);
        }
        catch (BodyEndedException)
        {
            // The fault ended the body on purpose.
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private void Throttle(HttpContext context, long? bytesPerSecond, CancellationToken ending)
    {
        var ofHosters = context.Request.Path.StartsWithSegments("/hoster", StringComparison.Ordinal) ? options.Throttle : null;
        if ((bytesPerSecond ?? ofHosters) is { } rate)
        {
            context.Response.Body = new ThrottledBody(context.Response.Body, rate, options.Time, ending);
        }
    }

    private Task AnswerAsync(HttpContext context, Fault? fault, CancellationToken ending)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Status:
                return FaultyAnswers.StatusAsync(context.Response, fault);
            case FaultKind.Html:
                return FaultyAnswers.HtmlAsync(context.Response, fault);
            case FaultKind.GzipBomb:
                return FaultyAnswers.GzipBombAsync(context.Response, fault, ending);
            case FaultKind.RedirectLoop:
                context.Response.Redirect(context.Request.Path + context.Request.QueryString);
                return Task.CompletedTask;
            case FaultKind.Hang:
                return Task.Delay(Timeout.Infinite, ending);
            case FaultKind.IgnoreRange:
                context.Request.Headers.Remove("Range");
                break;
            case FaultKind.WrongRange:
                ShiftRange(context.Request, fault.Bytes ?? 1);
                break;
            case FaultKind.Stall:
                EndBody(context, fault, () => Task.Delay(Timeout.Infinite, ending));
                break;
            case FaultKind.Drop:
                EndBody(context, fault, () => Abort(context));
                break;
            case FaultKind.Cut:
                EndBody(context, fault, () => Task.CompletedTask);
                break;
            case FaultKind.Shorten:
                OnStarting(context.Response, response => response.ContentLength = Math.Min(response.ContentLength ?? long.MaxValue, fault.Bytes ?? 0));
                EndBody(context, fault, () => Task.CompletedTask);
                break;
            case FaultKind.NoLength:
                OnStarting(context.Response, response => response.ContentLength = null);
                EndBody(context, fault with { Bytes = fault.Bytes ?? long.MaxValue }, () => Task.CompletedTask);
                break;
        }

        return next(context);
    }

    private static void EndBody(HttpContext context, Fault fault, Func<Task> then) =>
        context.Response.Body = new EndingBody(context.Response.Body, fault.Bytes ?? 0, then);

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static void OnStarting(HttpResponse response, Action<HttpResponse> change) => response.OnStarting(() =>
    {
        if (response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status206PartialContent)
        {
            change(response);
        }

        return Task.CompletedTask;
    });

    private static void ShiftRange(HttpRequest request, long bytes)
    {
        if (RangeHeaderValue.TryParse(request.Headers.Range, out var range) && range.Ranges.First() is { From: { } from } first)
        {
            request.Headers.Range = new RangeHeaderValue(from + bytes, first.To + bytes).ToString();
        }
    }
}
