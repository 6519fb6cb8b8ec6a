namespace AniWorld.Data;

/// <summary>Where everything is stored. The one thing to look at for whoever has to do differently on one database than on the other.</summary>
public abstract record DatabasePlace
{
    /// <summary>Whether there is something to look into; opening a file that is not there would make it.</summary>
    public abstract bool IsThere { get; }

    /// <summary>SQLite: a file that one process has to itself.</summary>
    public sealed record File(string Path) : DatabasePlace
    {
        public override bool IsThere => System.IO.File.Exists(Path);
    }

    /// <summary>PostgreSQL: a database that several nodes share.</summary>
    public sealed record Server(string ConnectionString) : DatabasePlace
    {
        public override bool IsThere => true;

        /// <summary>Without what the connection string holds besides.</summary>
        public override string ToString()
        {
            var settings = new Npgsql.NpgsqlConnectionStringBuilder(ConnectionString);
            return $"{settings.Database} on {settings.Host}";
        }
    }
}
