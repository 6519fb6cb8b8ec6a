using AniWorld.Data.PostgreSql;
using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Move;

/// <summary>What a data folder has as files and PostgreSQL as rows: the configuration and the keys.</summary>
internal static class FilesBeside
{
    /// <exception cref="FaultException">One of them is damaged.</exception>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static MovedFiles Read(DataFolder data, TimeProvider time) => new(
        new ConfigFile(data, time).Read() switch
        {
            ConfigFileContent.Document(var text) => text,
            ConfigFileContent.Broken(var reason) => throw new FaultException(
                FaultCode.Internal, new Sentence("fault_move_broken", data.ConfigFile, reason)),
            _ => null,
        },
        SigningKeyOf(data),
        Directory.Exists(data.Keys)
            ? [.. Directory.EnumerateFiles(data.Keys, "*.xml").Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))]
            : []);

    private static byte[]? SigningKeyOf(DataFolder data)
    {
        try
        {
            return File.Exists(SigningKeyFile.PathIn(data.Keys)) ? SigningKeyFile.ReadOrCreate(data.Keys) : null;
        }
        catch (InvalidDataException e)
        {
            throw new FaultException(FaultCode.Internal, Sentence.Plain(e.Message), e);
        }
    }
}
