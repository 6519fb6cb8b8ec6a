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
        // The framework's own writer would put the whole trace context there.
        .AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions[Problems.TraceMember] = Problems.TraceId)
        .AddExceptionHandler<UnhandledFaults>();

    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new UtcTime());
        options.Converters.Add(new AnyGuid());
        return options;
    }

    /// <summary>Reads a name in an address as JSON has it; a number is none.</summary>
    public static bool TryParse<T>(string name, out T value) where T : struct, Enum =>
        Enum.TryParse(name, ignoreCase: true, out value) && name.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase);

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
