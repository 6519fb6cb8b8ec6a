using System.Runtime.CompilerServices;
using Bunit;

namespace AniWorld.Blazor.Tests;

internal static class Patience
{
    /// <summary>How long a component may take to look as expected; long, because the machine may be busy, and only a failure waits for it.</summary>
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromMinutes(1);
}
