using System.Globalization;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace AniWorld.Blazor.Telemetry;

/// <summary>Where the log goes: people read the console, machines the rolling JSON files. The level follows the configuration while running.</summary>
internal static class Logging
{
    private const long LargestFile = 50L << 20;
    private const int KeptFiles = 14;

    /// <param name="console">False for commands, whose output is theirs alone.</param>
    public static IServiceCollection AddLogging(
        this IServiceCollection services, IConfiguration configuration, DataFolder data, bool console = true)
    {
        var level = new LoggingLevelSwitch();
        return services.AddSerilog((provider, logging) =>
        {
            var options = provider.GetRequiredService<IOptionsMonitor<AniWorldOptions>>();
            level.MinimumLevel = LevelOf(options.CurrentValue);
            options.OnChange(changed => level.MinimumLevel = LevelOf(changed));
            logging
                .ReadFrom.Configuration(configuration)
                .MinimumLevel.ControlledBy(level)
                .Enrich.With<SecretsInText>()
                .WriteTo.Sink(LoggerSinkConfiguration.Wrap(sink => new SecretsInExceptions(sink), Write));

            void Write(LoggerSinkConfiguration sinks)
            {
                // Why it cannot start is printed as one sentence at the end; where in the code that was is for the file.
                sinks.Logger(people => people
                    .Filter.ByExcluding(line => !console || line.Exception is StartException)
                    .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture));
                sinks.File(
                    new CompactJsonFormatter(),
                    Path.Combine(data.Logs, "aniworld-.json"),
                    rollingInterval: RollingInterval.Day,
                    retainedFileCountLimit: KeptFiles,
                    fileSizeLimitBytes: LargestFile,
                    rollOnFileSizeLimit: true);
            }
        },
        // The process may hold several servers: each writes its own log.
        preserveStaticLogger: true);
    }

    private static LogEventLevel LevelOf(AniWorldOptions options) => Enum.Parse<LogEventLevel>(options.Logging.Level, ignoreCase: true);
}
