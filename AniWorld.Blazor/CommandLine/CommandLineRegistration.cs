namespace AniWorld.Blazor.CommandLine;

internal static class CommandLineRegistration
{
    /// <summary>Lets commands find this host. One that a command starts for itself is found by others, too.</summary>
    public static IServiceCollection AddCommandLineAccess(this IServiceCollection services) => services.AddHostedService<CommandLineDoor>();
}
