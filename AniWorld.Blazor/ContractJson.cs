using System.Text.Json;
using System.Text.Json.Serialization;

namespace AniWorld.Blazor;

/// <summary>JSON as the contract has it: snake_case, unknown members refused, times in UTC with <c>Z</c>.</summary>
internal static class ContractJson
{
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Requests and answers in that form; what is not is told as a problem.</summary>
    public static IServiceCollection AddContractJson(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json => Apply(json.SerializerOptions))
        .Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true)
        .AddProblemDetails()
        .AddExceptionHandler<UnhandledFaults>();

    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new UtcTime());
        options.Converters.Add(new AnyGuid());
        return options;
    }

    /// <summary>Ids are GUIDs in <c>N</c> format; any other form is read, too.</summary>
    private sealed class AnyGuid : JsonConverter<Guid>
    {
        public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Guid.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("This is not an id; an id has 32 hex digits.");

        public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("N"));
    }

    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }
}
