using Microsoft.Data.Sqlite;

namespace AniWorld.Data.Sqlite;

/// <summary>Tells whether anybody has written to the database, in this process or another one, without reading any of it.</summary>
/// <remarks>
/// SQLite counts for a connection that never writes how often others did (<c>PRAGMA data_version</c>). One connection is kept open for
/// that; another file in the old one's place, as after a restore, is opened anew.
/// </remarks>
public sealed class DataVersion(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private SqliteConnection? _connection;
    private DateTime _file;
    private int _opened;

    /// <summary>
    /// Equal to an earlier one as long as nothing was committed in between. What is read after this is of that version, or newer.
    /// </summary>
    public DataStamp Read()
    {
        lock (_gate)
        {
            var file = File.GetCreationTimeUtc(path);
            if (_connection is null || file != _file)
            {
                _file = file;
                Open();
            }

            using var command = _connection!.CreateCommand();
            command.CommandText = "PRAGMA data_version;";
            return new DataStamp(_opened, (long)command.ExecuteScalar()!);
        }
    }

    public void Dispose() => _connection?.Dispose();

    private void Open()
    {
        _connection?.Dispose();
        _connection = SqliteDatabase.Open(path);
        _opened++;
    }
}

/// <param name="Opened">Which connection counted: the numbers of two have nothing to do with each other.</param>
/// <param name="Version">Changes with each commit.</param>
public readonly record struct DataStamp(int Opened, long Version);
