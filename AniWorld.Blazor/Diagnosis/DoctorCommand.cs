using System.CommandLine;
using AniWorld.Blazor.CommandLine;
using AniWorld.Services.Configuration;
using AniWorld.Services.Diagnosis;

namespace AniWorld.Blazor.Diagnosis;

/// <summary><c>aniworld doctor</c>: looks at everything that AniWorld needs, and says what to do about what is wrong. Changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandFrame frame)
    {
        var profile = new Option<string?>("--profile")
        {
            Description = "Check one site profile, also with saved pages, and with the site itself when it is switched on",
            HelpName = "NAME",
        };
        return frame.Local(new Command("doctor", "Check this installation") { profile }, async (given, data, output, token) =>
        {
            var findings = new List<Finding>();
            await foreach (var finding in FindingsAsync(frame.Settings, data, given.GetValue(profile), token))
            {
                findings.Add(finding);
                output.Say($"{Mark(finding.Level)}  {finding.Subject}: {finding.Sentence}");
            }

            output.Write(findings, () => { });
            return findings.Exists(finding => finding.Level is FindingLevel.Error) ? ExitCode.Failed : ExitCode.Done;
        });
    }

    private static async IAsyncEnumerable<Finding> FindingsAsync(
        SettingArguments settings, DataFolder data, string? profile, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WebApplication? host = null;
        Finding? broken = null;
        try
        {
            host = Program.Build(HostArguments.Of(data, settings), HostUse.Command);
        }
        catch (InvalidConfigurationException e)
        {
            broken = new Finding("configuration", FindingLevel.Error, e.Message);
        }

        if (broken is not null)
        {
            yield return broken;
            yield break;
        }

        await using (host)
        {
            var doctor = host!.Services.GetRequiredService<Doctor>();
            if (profile is not null && !doctor.Knows(profile))
            {
                throw new ApiRefusal(StatusCodes.Status404NotFound, $"There is no site profile {profile}; {string.Join(", ", doctor.Profiles)} are there.");
            }

            var findings = profile is null ? doctor.ExamineAsync(cancellationToken) : doctor.ExamineProfileAsync(profile, cancellationToken);
            await foreach (var finding in findings)
            {
                yield return finding;
            }
        }
    }

    private static string Mark(FindingLevel level) => level switch
    {
        FindingLevel.Ok => "ok     ",
        FindingLevel.Warning => "warning",
        _ => "error  ",
    };
}
