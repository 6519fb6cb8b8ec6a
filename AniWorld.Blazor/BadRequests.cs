using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor;

/// <summary>What the framework could not read of a request: no JSON, another shape, too much, a parameter of the wrong type.</summary>
internal static partial class BadRequests
{
    public static ProblemHttpResult Of(BadHttpRequestException bad, HttpRequest request) => bad switch
    {
        { InnerException: JsonException json } => OfJson(json),
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => NotJson(),
        { StatusCode: StatusCodes.Status400BadRequest } => OfParameter(bad.Message, request),
        _ => Problems.Of(bad.StatusCode, "Bad request", "The request could not be read; look at its address, headers and body."),
    };

    public static ProblemHttpResult TooLarge() => Problems.Of(
        StatusCodes.Status413PayloadTooLarge, "Too large", "The body is larger than this server takes; send less at a time.");

    public static ProblemHttpResult NotJson() =>
        Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send the body as application/json.");

    /// <summary>Text that is no JSON is a bad request; JSON of another shape (wrong type, unknown or absent member) is invalid.</summary>
    private static ProblemHttpResult OfJson(JsonException json)
    {
        if (json.InnerException is JsonException || json.InnerException?.GetType().Name == "JsonReaderException")
        {
            return Problems.BadRequest("The body is not valid JSON; check its brackets, quotes and commas.");
        }

        var path = json.Path?.TrimStart('$', '.') ?? "";
        if (Missing().Match(json.Message) is { Success: true } missing)
        {
            return Problems.Invalid(
                "Send all members that are needed; errors names those that are missing.",
                missing.Groups["members"].Value.Split(", ").ToDictionary(
                    member => Join(path, member.Trim('\'')), member => new[] { $"{member.Trim('\'')} is needed." }));
        }

        if (Twice().Match(json.Message) is { Success: true } twice)
        {
            var member = twice.Groups["member"].Value;
            return Problems.Invalid(Join(path, member), $"'{member}' is there twice; send it once.");
        }

        if (Unknown().Match(json.Message) is { Success: true } unknown)
        {
            var member = unknown.Groups["member"].Value;
            return Problems.Invalid(path.Length > 0 ? path : member, $"'{member}' is not known here; look at its spelling, or leave it out.");
        }

        return OfType(path, json.Message);
    }

    /// <summary>The library's messages name our types, which a caller does not know; those of our own converters are kept.</summary>
    private static ProblemHttpResult OfType(string path, string message)
    {
        if (Null().Match(message) is { Success: true } nothing)
        {
            var member = JsonNamingPolicy.SnakeCaseLower.ConvertName(nothing.Groups["member"].Value);
            path = path.EndsWith(member, StringComparison.Ordinal) ? path : Join(path, member);
        }

        if (path.Length == 0)
        {
            return Problems.Invalid("body", "The body has the wrong type; send an object.");
        }

        var namesTypes = message.Contains("System.", StringComparison.Ordinal) || message.Contains("AniWorld.", StringComparison.Ordinal);
        return Problems.Invalid(path, namesTypes ? $"'{path}' has a value of the wrong type." : message.Split(" Path: ")[0]);
    }

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    /// <summary>A parameter of the wrong type or an absent one: the framework names it in its message only.</summary>
    private static ProblemHttpResult OfParameter(string message, HttpRequest request)
    {
        if (Parameter().Match(message) is { Success: true } parameter)
        {
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Groups["name"].Value);
            return Problems.Invalid(name, $"'{parameter.Groups["value"].Value}' is not a value that {name} takes.");
        }

        return HasBody(request)
            ? Problems.Invalid("body", "Send an object with the members that this address takes.")
            : Problems.BadRequest("The body is empty; send a JSON object.");
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0;

    [GeneratedRegex("""^Failed to bind parameter "\S+ (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    [GeneratedRegex("^The JSON property '(?<member>.*)' could not be mapped to any \\.NET member", RegexOptions.Singleline)]
    private static partial Regex Unknown();

    [GeneratedRegex("^The (property or field|constructor parameter) '(?<member>\\w+)' on type")]
    private static partial Regex Null();

    [GeneratedRegex("^Duplicate property '(?<member>.*?)' encountered", RegexOptions.Singleline)]
    private static partial Regex Twice();

    [GeneratedRegex("missing required properties including: (?<members>.*?)\\.( Path|$)", RegexOptions.Singleline)]
    private static partial Regex Missing();
}
