using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AniWorld.Data.Sqlite;

/// <summary>Goes by how often others wrote, which SQLite counts for a connection that never does itself (<c>PRAGMA data_version</c>).</summary>
/// <remarks>One connection is kept open for that; another file in the old one's place, as after a restore, is opened anew.</remarks>
public sealed class SqliteDataVersion(string path) : DataVersion
{
    private readonly Lock _gate = new();
    private SqliteConnection? _connection;
    private DateTime _file;
    private int _opened;

    public override DataStamp Read()
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
            return new DataStamp(_opened, ((long)command.ExecuteScalar()!).ToString(CultureInfo.InvariantCulture));
        }
    }

    public override void Dispose()
    {
        _connection?.Dispose();
        base.Dispose();
    }

    private void Open()
    {
        _connection?.Dispose();
        _connection = SqliteDatabase.Open(path);
        _opened++;
    }
}
