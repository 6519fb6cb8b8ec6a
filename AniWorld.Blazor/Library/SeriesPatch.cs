using System.Text.Json;
using System.Text.Json.Serialization;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Library;

/// <summary>A change to a series: an absent member stays as it is; a <c>null</c> one, where that is allowed, goes back to the general setting.</summary>
internal sealed record SeriesPatch
{
    public bool? Monitored { get; init; }

    public string? Folder { get; init; }

    [JsonConverter(typeof(GivenConverter<string?>))]
    public Given<string?>? LanguageProfile { get; init; }

    [JsonConverter(typeof(GivenConverter<bool?>))]
    public Given<bool?>? AutoDownload { get; init; }

    /// <summary>Hours between two looks at the catalogue.</summary>
    [JsonConverter(typeof(GivenConverter<int?>))]
    public Given<int?>? RefreshHours { get; init; }

    public SeriesChange ToChange() => new(Monitored, LanguageProfile, Folder, AutoDownload, RefreshHours);

    /// <summary>Tells a member that is <c>null</c> from an absent one.</summary>
    private sealed class GivenConverter<T> : JsonConverter<Given<T>>
    {
        public override bool HandleNull => true;

        public override Given<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return new Given<T>(JsonSerializer.Deserialize<T>(ref reader, options)!);
            }
            catch (JsonException)
            {
                // Without a path of its own: the serializer then names this member.
                throw new JsonException();
            }
        }

        public override void Write(Utf8JsonWriter writer, Given<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
