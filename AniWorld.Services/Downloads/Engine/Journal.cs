using System.Text.Json;
using System.Text.Json.Serialization;
using AniWorld.Services.Disk;
using AniWorld.Services.Downloads.Engine.Hls;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>What a <c>.part</c> file holds for certain. Written after its data was flushed, replaced as a whole.</summary>
internal abstract record Journal
{
    public const int CurrentVersion = 1;

    [JsonPropertyName("version")]
    public int Version { get; init; } = CurrentVersion;

    /// <summary><c>file</c> or <c>hls</c>.</summary>
    [JsonPropertyName("kind")]
    public string Kind { get; init; } = "";
}

/// <summary>How journals are written and read: without reflection, which a short command would wait for.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RangeJournal))]
[JsonSerializable(typeof(SegmentJournal))]
internal sealed partial class JournalJson : JsonSerializerContext;

/// <summary>Reads and replaces journals.</summary>
internal static class JournalFile
{
    /// <returns><see langword="null"/> when there is none, or none that can be used: that one is set aside.</returns>
    public static T? Load<T>(PartPaths paths, string kind)
        where T : Journal
    {
        if (!File.Exists(paths.Journal))
        {
            return null;
        }

        try
        {
            var journal = (T?)JsonSerializer.Deserialize(File.ReadAllBytes(paths.Journal), typeof(T), JournalJson.Default);
            if (journal is { Version: Journal.CurrentVersion } && journal.Kind == kind)
            {
                return journal;
            }
        }
        catch (JsonException)
        {
            // Torn or empty.
        }

        File.Move(paths.Journal, paths.SetAsideJournal, overwrite: true);
        return null;
    }

    /// <summary>Old or new, never a mix, whenever the process ends.</summary>
    public static void Save(PartPaths paths, Journal journal)
    {
        File.Delete(paths.NextJournal);
        using (var file = File.OpenHandle(paths.NextJournal, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.Write(file, JsonSerializer.SerializeToUtf8Bytes(journal, journal.GetType(), JournalJson.Default), 0);
            Durable.FlushFile(file, paths.NextJournal);
        }

        File.Move(paths.NextJournal, paths.Journal, overwrite: true);
    }
}
