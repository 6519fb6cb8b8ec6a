using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AniWorld.Blazor.Tests.Contract;

/// <summary>A call as the OpenAPI document describes it, filled with the document's own examples.</summary>
/// <param name="Path">With examples in place of its parameters, without a query.</param>
/// <param name="Example">The body it takes; <see langword="null"/> when it takes none in JSON.</param>
internal sealed record ServedCall(
    HttpMethod Method, string Template, string Path, bool IsPublic, JsonNode? Example, JsonObject? Schema, IReadOnlyList<JsonObject> Parameters)
{
    /// <summary>Takes any members and says in its answer what is wrong with them.</summary>
    public bool IsConfiguration => Template.TrimEnd('/') is "/api/config" or "/api/config/validate";

    public IReadOnlyList<string> Required => [.. Schema?["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []];

    public override string ToString() => $"{Method} {Template}";

    public static IReadOnlyList<ServedCall> Of(JsonElement document)
    {
        var root = JsonObject.Create(document)!;
        return
        [
            .. from path in root["paths"]!.AsObject()
               from call in path.Value!.AsObject()
               select Of(root, path.Key, call.Key, call.Value!.AsObject()),
        ];
    }

    public HttpRequestMessage Request(string? body = null, string? query = null, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? Method, Path + query);
        if (body is not null)
        {
            request.Content = new StringContent(body, new UTF8Encoding(false), new MediaTypeHeaderValue("application/json"));
        }

        return request;
    }

    /// <summary>The example with one member changed.</summary>
    public string With(string member, JsonNode? value)
    {
        var body = Example!.DeepClone().AsObject();
        body[member] = value;
        return body.ToJsonString();
    }

    public string Without(string member)
    {
        var body = Example!.DeepClone().AsObject();
        body.Remove(member);
        return body.ToJsonString();
    }

    private static ServedCall Of(JsonObject root, string path, string method, JsonObject call)
    {
        var parameters = call["parameters"]?.AsArray().Select(parameter => parameter!.AsObject()).ToList() ?? [];
        var body = call["requestBody"]?["content"]?["application/json"]?.AsObject();
        var filled = parameters.Where(parameter => (string?)parameter["in"] == "path")
            .Aggregate(path, (filled, parameter) => filled.Replace($"{{{parameter["name"]}}}", $"{parameter["example"]}", StringComparison.Ordinal));
        return new ServedCall(
            new HttpMethod(method.ToUpperInvariant()), path, filled, call["security"]?.AsArray() is not { Count: > 0 }, body?["example"],
            body is null ? null : Resolve(root, body["schema"]!.AsObject()), parameters);
    }

    private static JsonObject Resolve(JsonObject root, JsonObject schema)
    {
        var reference = (string?)schema["$ref"] ?? (string?)schema["oneOf"]?.AsArray().Select(one => one!["$ref"]).FirstOrDefault(one => one is not null);
        return reference is null ? schema : root["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject();
    }
}
