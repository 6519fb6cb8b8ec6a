using System.Globalization;
using AniWorld.Services;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;

namespace AniWorld.Blazor.Layout;

/// <summary>Sentences of the services in the reader's language, with the failures in them as all pages say them.</summary>
internal static class Said
{
    public static string Of(ConfigProblem problem) => problem.What is { } what ? Of(what) : problem.Message;

    /// <param name="english">As a service gives it for programs too; what is none of AniWorld's own sentences stays as it is.</param>
    public static string Of(string english) => Of(FaultSentences.Read(english));

    /// <param name="clock">How moments are said, else by the server's clock.</param>
    public static string Of(Sentence sentence, Func<DateTimeOffset, string>? clock = null) => sentence.In(
        CultureInfo.CurrentUICulture,
        value => value switch
        {
            FaultException fault => FaultTexts.Of(fault),
            DateTimeOffset moment => clock?.Invoke(moment) ?? SaidDate.Of(moment, "d MMM HH:mm"),
            Exception failure => failure.Message,
            _ => value,
        });
}
