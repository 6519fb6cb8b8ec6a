using AniWorld.Services.Library;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace AniWorld.Blazor.Documentation;

/// <summary>The contract as an OpenAPI 3.1 document at <c>/openapi/v1.json</c>, and a page to read it and try it at <c>/api/docs</c>.</summary>
internal static class ApiDocument
{
    private const string Page = "/api/docs";
    private const string Assets = "/api/docs/assets";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", document =>
    {
        document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        document.AddDocumentTransformer((api, _, _) =>
        {
            api.Info = new OpenApiInfo
            {
                Title = "AniWorld",
                Version = "1",
                Description = "Series, downloads, configuration and log-in of this server. JSON is snake_case, times are UTC, every refusal is problem+json.",
            };
            api.Components ??= new OpenApiComponents();
            DocumentedRefusals.Define(api);
            api.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Callers.Token] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "The access_token that POST /api/auth/login answers.",
                },
                [Callers.Key] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = Auth.ApiKeyHandler.Header,
                    Description = "A key that POST /api/auth/api-keys answers.",
                },
            };
            return Task.CompletedTask;
        });
        document.AddOperationTransformer<Callers>();
        document.AddOperationTransformer<DocumentedRefusals>();
        document.AddOperationTransformer<CallTexts>();
        document.AddSchemaTransformer((schema, context, _) =>
        {
            ShowGivenValue(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    /// <remarks>The page is ours, because the library's own one starts itself by an inline script, which no page here may have.</remarks>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        routes.MapScalarApiReference(Assets);
        routes.MapGet(Assets, () => TypedResults.LocalRedirect("~" + Page)).ExcludeFromDescription();
        routes.MapGet(Page, (HttpContext context) => TypedResults.Content(Html(context.Request.PathBase), "text/html; charset=utf-8"))
            .ExcludeFromDescription();
    }

    /// <summary>A member that may be <c>null</c> on purpose is sent as the bare value.</summary>
    private static void ShowGivenValue(OpenApiSchema schema, Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Given<>))
        {
            schema.Type = JsonSchemaType.Null | (type == typeof(Given<string?>) ? JsonSchemaType.String : JsonSchemaType.Boolean);
            schema.Properties = null;
            schema.Required = null;
            schema.Description = "null goes back to the general setting.";
        }
    }

    private static string Html(PathString root) => $"""
        <!doctype html>
        <html lang="en">
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>AniWorld API</title>
            <link rel="icon" type="image/svg+xml" href="{root}/favicon.svg" />
            <link rel="stylesheet" href="{root}/css/fonts.css" />
        </head>
        <body>
            <div id="app"></div>
            <script src="{root}{Assets}/scalar.js"></script>
            <script src="{root}/js/api_docs.js"></script>
        </body>
        </html>
        """;
}
