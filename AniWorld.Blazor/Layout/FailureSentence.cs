using System.Data.Common;
using AniWorld.Data;
using AniWorld.Services.Faults;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Blazor.Layout;

/// <summary>What a person reads when something failed: what it was, and what to do.</summary>
internal static class FailureSentence
{
    public static string Of(Exception failure) => failure switch
    {
        FaultException fault => FaultTexts.Of(fault),
        _ when DatabaseErrors.IsBusy(failure) => ShellTexts.Of("DatabaseBusy"),
        _ when DatabaseErrors.IsFull(failure) => ShellTexts.Of("DatabaseFull"),
        DbException or DbUpdateException => ShellTexts.Of("DatabaseFailed"),
        UnauthorizedAccessException or IOException => ShellTexts.Of("FileFailed", failure.Message),
        _ => ShellTexts.Of("Failed"),
    };
}
