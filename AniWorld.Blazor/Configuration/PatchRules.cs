using System.Text.Json;
using FluentValidation;

namespace AniWorld.Blazor.Configuration;

/// <summary>For bodies that are read as they come: half a surrogate pair may be written in JSON, but is no text.</summary>
internal sealed class PatchRules : AbstractValidator<JsonElement>
{
    public PatchRules() => RuleFor(patch => patch).Must(IsText).OverridePropertyName("body")
        .WithMessage("A text in the body is not valid Unicode; look for half of a surrogate pair.");

    private static bool IsText(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().All(member => IsReadable(() => member.Name) && IsText(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().All(IsText),
        JsonValueKind.String => IsReadable(json.GetString),
        _ => true,
    };

    private static bool IsReadable(Func<string?> text)
    {
        try
        {
            text();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
