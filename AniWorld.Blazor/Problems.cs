using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AniWorld.Blazor;

/// <summary>Refusals as <c>application/problem+json</c> (RFC 9457). Each <c>detail</c> is one sentence that says what to do.</summary>
internal static class Problems
{
    /// <summary>Member that names the log's lines on this request.</summary>
    public const string TraceMember = "trace_id";

    /// <summary>As the log has it: 32 hex digits.</summary>
    public static string? TraceId => Activity.Current?.TraceId.ToHexString();

    public static ProblemHttpResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, "Bad request", detail);

    public static ProblemHttpResult Unauthorized(string detail) => Of(StatusCodes.Status401Unauthorized, "Not logged in", detail);

    public static ProblemHttpResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "Not allowed", detail);

    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "Not found", detail);

    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "Conflict", detail);

    /// <param name="errors">Member → messages.</param>
    public static ProblemHttpResult Invalid(string detail, IReadOnlyDictionary<string, string[]> errors) =>
        Of(StatusCodes.Status422UnprocessableEntity, "Not valid", detail, problem => problem.Extensions["errors"] = errors);

    public static ProblemHttpResult Invalid(string member, string message) =>
        Invalid(message, new Dictionary<string, string[]> { [member] = [message] });

    public static ProblemHttpResult TooManyRequests(HttpContext context, string detail, TimeSpan retryAfter)
    {
        SetRetryAfter(context, retryAfter);
        return Of(StatusCodes.Status429TooManyRequests, "Too many requests", detail);
    }

    /// <summary>No source answered.</summary>
    public static ProblemHttpResult ProviderUnreachable(string detail) =>
        Of(StatusCodes.Status502BadGateway, "provider_unreachable", detail);

    public static ProblemHttpResult Unavailable(HttpContext context, string detail, TimeSpan retryAfter)
    {
        SetRetryAfter(context, retryAfter);
        return Of(StatusCodes.Status503ServiceUnavailable, "Not available", detail);
    }

    public static ProblemHttpResult DiskFull(string detail) => Of(StatusCodes.Status507InsufficientStorage, "Disk full", detail);

    public static ProblemHttpResult Of(int status, string title, string detail, Action<ProblemDetails>? extend = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail };
        problem.Extensions[TraceMember] = TraceId;
        extend?.Invoke(problem);
        return TypedResults.Problem(problem);
    }

    private static void SetRetryAfter(HttpContext context, TimeSpan retryAfter) =>
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
