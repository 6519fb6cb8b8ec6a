using System.CommandLine;
using System.Text.Json;
using AniWorld.Blazor.CommandLine;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Configuration;

/// <summary><c>aniworld config</c>: shows, changes and checks the configuration. Its backups are <see cref="BackupCommands"/>.</summary>
internal static class ConfigCommand
{
    private const string Address = "/api/config";

    public static Command Create(CommandFrame frame) => new("config", "Show and change the configuration")
    {
        Get(frame),
        Set(frame),
        Validate(frame),
        BackupCommands.Backup(frame),
        BackupCommands.Restore(frame),
    };

    private static Command Get(CommandFrame frame)
    {
        var path = PathOf(ArgumentArity.ZeroOrOne);
        return frame.OnServer(new Command("get", "Show the configuration, or one member of it; secrets are masked") { path }, async (given, server, output, token) =>
        {
            var all = await server.Api.GetAsync<JsonElement>(Address, token);
            if ((given.GetValue(path) is { } name ? ConfigPath.Find(all, name) : all) is not { } value)
            {
                throw new ApiRefusal(StatusCodes.Status404NotFound, $"There is no setting {given.GetValue(path)}; 'aniworld config get' shows all.");
            }

            if (value.ValueKind is JsonValueKind.String && !output.IsJson)
            {
                output.Say(value.GetString()!);
            }
            else
            {
                output.Value(value);
            }

            return ExitCode.Done;
        });
    }

    private static Command Set(CommandFrame frame)
    {
        var path = PathOf(ArgumentArity.ExactlyOne);
        var value = new Argument<string>("value") { Description = "JSON or plain text; null for the default", HelpName = "VALUE" };
        return frame.OnServer(new Command("set", "Change one member; takes effect at once") { path, value }, async (given, server, output, token) =>
        {
            var name = given.GetValue(path)!;
            var before = ConfigPath.Find(await server.Api.GetAsync<JsonElement>(Address, token), name);
            var all = await server.Api.PutAsync<JsonElement>(Address, ConfigPath.Patch(name, given.GetValue(value)!, before), token);
            output.Write(all, () => output.Say($"{name}: {Shown(before)} → {Shown(ConfigPath.Find(all, name))}"));
            return ExitCode.Done;
        });
    }

    private static Command Validate(CommandFrame frame)
    {
        var file = new Argument<string?>("file")
        {
            Description = "A merge patch that would be taken, or not; - reads standard input. Without it: the configuration as it is",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return frame.OnServer(new Command("validate", "Check the configuration, or a change to it") { file }, async (given, server, output, token) =>
        {
            var patch = await ReadAsync(given.GetValue(file), token);
            var found = await server.Api.PostAsync<ConfigValidation>(Address + "/validate", patch, token);
            output.Write(found, () => Show(found, output));
            return found.Valid && found.Warnings.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static async Task<JsonElement> ReadAsync(string? file, CancellationToken cancellationToken)
    {
        var text = file switch
        {
            null => "{}",
            "-" => await Console.In.ReadToEndAsync(cancellationToken),
            _ => await File.ReadAllTextAsync(file, cancellationToken),
        };
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException e)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, $"{file} is not JSON (line {(e.LineNumber ?? 0) + 1}).");
        }
    }

    private static void Show(ConfigValidation found, CommandOutput output)
    {
        foreach (var problem in found.Errors)
        {
            output.Say($"{problem.Path}: {problem.Message}");
        }

        foreach (var warning in found.Warnings)
        {
            output.Say(warning);
        }

        if (found.Valid)
        {
            output.Say("The configuration is valid.");
        }
    }

    private static string Shown(JsonElement? value) => value switch
    {
        null => "not set",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };

    private static Argument<string?> PathOf(ArgumentArity arity) =>
        new("path") { Description = "Dotted, such as downloads.parallel", HelpName = "PATH", Arity = arity };
}
