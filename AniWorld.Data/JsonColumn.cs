using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AniWorld.Data;

/// <summary>A small list or dictionary kept as JSON text in one column.</summary>
internal sealed class JsonColumn<T>() : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default),
    text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Default)!)
    where T : class;

/// <summary>Compares by the JSON text, so that a changed element is noticed.</summary>
internal sealed class JsonColumnComparer<T>() : ValueComparer<T>(
    (left, right) => Text(left) == Text(right),
    value => Text(value).GetHashCode(StringComparison.Ordinal),
    value => JsonSerializer.Deserialize<T>(Text(value), JsonSerializerOptions.Default)!)
    where T : class
{
    private static string Text(T? value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Default);
}
