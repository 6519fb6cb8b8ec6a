using System.Text.Json;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Library;

/// <summary>Reads a change to a series, in which an absent member and one that is null mean different things.</summary>
internal static class SeriesPatch
{
    /// <returns>What is wrong with it; <see langword="null"/> when <paramref name="change"/> holds it.</returns>
    public static ProblemHttpResult? Read(JsonElement body, out SeriesChange change)
    {
        change = new SeriesChange();
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return Problems.Invalid("body", "Send an object with the members to change.");
        }

        foreach (var member in body.EnumerateObject())
        {
            var read = (member.Name, member.Value.ValueKind) switch
            {
                ("monitored", JsonValueKind.True or JsonValueKind.False) => change with { Monitored = member.Value.GetBoolean() },
                ("folder", JsonValueKind.String) => change with { Folder = member.Value.GetString() },
                ("language_profile", JsonValueKind.String or JsonValueKind.Null) =>
                    change with { LanguageProfile = new Given<string?>(member.Value.GetString()) },
                ("auto_download", JsonValueKind.True or JsonValueKind.False) =>
                    change with { AutoDownload = new Given<bool?>(member.Value.GetBoolean()) },
                ("auto_download", JsonValueKind.Null) => change with { AutoDownload = new Given<bool?>(null) },
                _ => null,
            };
            if (read is null)
            {
                return Problems.Invalid(
                    member.Name,
                    member.Name is "monitored" or "folder" or "language_profile" or "auto_download"
                        ? $"'{member.Name}' has a value of the wrong type."
                        : $"'{member.Name}' is not known here; change monitored, language_profile, folder or auto_download.");
            }

            change = read;
        }

        return null;
    }
}
