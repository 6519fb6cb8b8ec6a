using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using AniWorld.Blazor.Policy;
using AniWorld.Data;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AniWorld.Blazor;

/// <summary>Gives a list an <c>ETag</c>, the hash of its JSON, and answers 304 to whoever has that already.</summary>
/// <remarks>
/// What was sent is kept until somebody writes to the database or changes the settings, so a list that did not change costs next to nothing.
/// Only for lists that follow from those two, the query and the reader's language. There is one filter for each call.
/// </remarks>
internal sealed class EntityTags(IOptions<JsonOptions> json, DataVersion version, IOptionsMonitor<AniWorldOptions> options) : IEndpointFilter
{
    private const int MostKept = 8;
    private const int LargestKept = 4 << 20;

    private volatile Lists _lists = new(default, null);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var lists = Current();
        var name = $"{DecisionSentence.CultureOf(http.Request).Name} {http.Request.QueryString}";
        if (lists.Kept.TryGetValue(name, out var list))
        {
            return Answer(http, list);
        }

        var result = await next(context);
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        if (answer is not IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } || answer is not IValueHttpResult { Value: { } value })
        {
            return result;
        }

        list = Render(value, http.Response.Headers[Paging.TotalHeader]);
        if (list.Body.Length <= LargestKept && lists.Kept.Count < MostKept)
        {
            lists.Kept[name] = list;
        }

        return Answer(http, list);
    }

    private Lists Current()
    {
        // Before anything is read: what is written meanwhile is then seen at the next request, at the latest.
        var (stamp, settings) = (version.Read(), options.CurrentValue);
        var lists = _lists;
        return lists.Stamp == stamp && ReferenceEquals(lists.Settings, settings) ? lists : _lists = new Lists(stamp, settings);
    }

    private Rendered Render(object list, StringValues total)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(list, list.GetType(), json.Value.SerializerOptions);
        // Weak: the same list may be sent compressed or not.
        return new Rendered(body, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"", isWeak: true), total);
    }

    private static IResult Answer(HttpContext http, Rendered list)
    {
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = list.Tag;
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        http.Response.Headers[Paging.TotalHeader] = list.Total;
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(list.Tag, useStrongComparison: false)
                || known == EntityTagHeaderValue.Any)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(list.Body, "application/json; charset=utf-8");
    }

    private sealed record Lists(DataStamp Stamp, AniWorldOptions? Settings)
    {
        /// <summary>By language and query.</summary>
        public ConcurrentDictionary<string, Rendered> Kept { get; } = [];
    }

    private sealed record Rendered(byte[] Body, EntityTagHeaderValue Tag, StringValues Total);
}

internal static class EntityTagMetadata
{
    /// <summary>For a list that follows from the database, the settings, the query and the reader's language alone.</summary>
    /// <remarks>One filter for the life of the server: <c>AddEndpointFilter&lt;T&gt;</c> would make one for each request, which remembers nothing.</remarks>
    public static RouteHandlerBuilder WithEntityTags(this RouteHandlerBuilder list) => list
        .AddEndpointFilterFactory((endpoint, next) =>
        {
            var tags = ActivatorUtilities.CreateInstance<EntityTags>(endpoint.ApplicationServices);
            return context => tags.InvokeAsync(context, next);
        })
        .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
}
