namespace AniWorld.Services.Downloads.Engine;

/// <summary>By what a file on a server is recognised later (RFC 9110, 8.8), and its size.</summary>
internal sealed record Validators(string? ETag, string? LastModified, long? Length)
{
    /// <summary>Whether a later answer can be told from one of another file. Without that nothing is resumed.</summary>
    public bool CanRecognise => Length is not null && (ETag is not null || LastModified is not null);

    /// <summary>For <c>If-Range</c>: a weak ETag may not be used there.</summary>
    public string? IfRange => ETag is not null && !ETag.StartsWith("W/", StringComparison.Ordinal) ? ETag : LastModified;

    /// <param name="total">As Content-Range or Content-Length tells it.</param>
    public static Validators Of(HttpResponseMessage response, long? total) =>
        new(Header(response.Headers, "ETag"), Header(response.Content.Headers, "Last-Modified"), total);

    /// <summary>Whether an answer is of the same file; a validator that it does not repeat says nothing.</summary>
    public bool Fits(Validators answer) =>
        (Length is null || answer.Length is null || Length == answer.Length)
        && (ETag is null || answer.ETag is null || ETag == answer.ETag)
        && (LastModified is null || answer.LastModified is null || LastModified == answer.LastModified);

    private static string? Header(System.Net.Http.Headers.HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
