using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Health;
using AniWorld.Blazor.Telemetry;
using AniWorld.Services.Configuration;
using AniWorld.Services.Diagnosis;
using AniWorld.Services.Scheduling;

namespace AniWorld.Blazor.Diagnosis;

/// <summary>What somebody needs to know who helps from afar, as a zip. No secret is in it.</summary>
/// <remarks>
/// Each text goes through three sieves: the configuration masks its members by name, <see cref="SecretValues"/> takes out what is secret here
/// wherever it stands, and <see cref="SecretsInText"/> what looks like a secret. Databases, keys and backups are left out altogether.
/// </remarks>
public sealed class SupportBundle
{
    /// <summary>Of the log only the newest bytes.</summary>
    private const long MostLog = 8L << 20;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Members of a notification that say whom it goes to.</summary>
    private static readonly string[] Private = ["user", "channel", "from", "to"];

    private readonly Installation _installation;
    private readonly ToolVersions _tools;
    private readonly ReadinessReport _readiness;
    private readonly Doctor _doctor;
    private readonly ScheduleService _schedule;
    private readonly ConfigService _configuration;
    private readonly LogFiles _logs;
    private readonly DataFolder _data;

    internal SupportBundle(
        Installation installation, ToolVersions tools, ReadinessReport readiness, Doctor doctor, ScheduleService schedule, ConfigService configuration,
        LogFiles logs, DataFolder data) =>
        (_installation, _tools, _readiness, _doctor, _schedule, _configuration, _logs, _data) =
        (installation, tools, readiness, doctor, schedule, configuration, logs, data);

    /// <returns>The zip from its beginning; a file that goes when it is closed.</returns>
    public async Task<Stream> MakeAsync(CancellationToken cancellationToken = default)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(Path.Join(Path.GetTempPath(), $"aniworld-support-{Guid.NewGuid():N}.zip"), options);
        try
        {
            await WriteAsync(file, cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task WriteAsync(Stream zip, CancellationToken cancellationToken)
    {
        var secrets = SecretValues.Of(_configuration.Current, _data);
        await using var archive = await ZipArchive.CreateAsync(zip, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        await AddAsync("about.json", await AboutAsync(cancellationToken));
        await AddAsync("health.json", await HealthAsync(cancellationToken));
        await AddAsync("tasks.json", await TasksAsync(cancellationToken));
        await AddAsync("config.json", await ConfigurationAsync(cancellationToken));
        await AddLogAsync(archive, secrets, cancellationToken);

        async Task AddAsync(string name, object content)
        {
            await using var entry = await archive.CreateEntry(name).OpenAsync(cancellationToken);
            await entry.WriteAsync(Encoding.UTF8.GetBytes(Clean(JsonSerializer.Serialize(content, Readable), secrets)), cancellationToken);
        }
    }

    private static string Clean(string text, SecretValues secrets) => SecretsInText.Clean(secrets.RemoveFrom(text));

    private async Task<object> AboutAsync(CancellationToken cancellationToken) => new
    {
        Installation.Program,
        Installation.Runtime,
        Installation.Sqlite,
        Installation.Machine,
        UptimeSeconds = (long)_installation.Uptime.TotalSeconds,
        Tools = await _tools.ListAsync(cancellationToken),
        Places = _installation.Places.Select(place => new { place.Name, place.Path, place.Disk }),
    };

    private async Task<object> HealthAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await foreach (var finding in _doctor.ExamineAsync(cancellationToken))
        {
            findings.Add(finding);
        }

        var report = await _readiness.GetAsync().WaitAsync(cancellationToken);
        return new
        {
            Ready = report.Entries.Select(check => new { Name = check.Key, Status = check.Value.Status.ToString(), check.Value.Description, Failure = check.Value.Exception?.Message }),
            Doctor = findings.Select(finding => new { finding.Subject, Level = finding.Level.ToString(), finding.Sentence }),
        };
    }

    private async Task<object> TasksAsync(CancellationToken cancellationToken) => (await _schedule.ListAsync(cancellationToken)).Select(job => new
    {
        job.Name,
        job.IsOn,
        job.Schedule.Cron,
        TimeZone = job.Schedule.TimeZone.Id,
        Next = job.Next.Take(1),
        job.RunningSince,
        LastStartedAt = job.Last?.StartedAt,
        job.Last?.Outcome,
        job.Last?.Message,
    });

    private async Task<JsonObject> ConfigurationAsync(CancellationToken cancellationToken)
    {
        var document = await _configuration.GetAsync(cancellationToken);
        foreach (var receiver in (document["notifications"] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var name in Private.Where(name => receiver[name] is not null))
            {
                receiver[name] = SecretValues.Mask;
            }
        }

        return document;
    }

    /// <summary>Line by line, the newest files whole as far as they fit.</summary>
    private async Task AddLogAsync(ZipArchive archive, SecretValues secrets, CancellationToken cancellationToken)
    {
        var left = MostLog;
        foreach (var log in _logs.List())
        {
            await using var content = _logs.Open(log.Name);
            if (left <= 0 || content is null)
            {
                continue;
            }

            var from = Math.Max(0, content.Length - left);
            left -= content.Length - from;
            content.Position = from;
            using var reader = new StreamReader(content);
            await using var entry = await archive.CreateEntry($"logs/{log.Name}").OpenAsync(cancellationToken);
            await using var writer = new StreamWriter(entry);
            if (from > 0)
            {
                // Begins within a line, perhaps within a secret.
                await reader.ReadLineAsync(cancellationToken);
            }

            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                await writer.WriteLineAsync(Clean(line, secrets).AsMemory(), cancellationToken);
            }
        }
    }
}
