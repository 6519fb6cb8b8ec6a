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
        FaultException fault => fault.Message,
        _ when DatabaseErrors.IsBusy(failure) => "The database is busy. Try again in a few seconds; nothing was changed.",
        _ when DatabaseErrors.IsFull(failure) => "The disk that holds the database is full. Free some space and try again; nothing was changed.",
        DbException or DbUpdateException => "The database could not be read or written. Try again; the log says more.",
        UnauthorizedAccessException or IOException => $"A file could not be read or written: {failure.Message}",
        _ => "Something went wrong here. Try again; the log says more.",
    };
}
