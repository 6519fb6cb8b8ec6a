namespace AniWorld.Data;

/// <summary>A row that remembers when it was made and last changed; <see cref="TimestampInterceptor"/> keeps both.</summary>
public interface ITimestamped
{
    DateTimeOffset CreatedAt { get; set; }

    DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A row that is hidden instead of removed. Queries leave it out unless they ignore the query filters.</summary>
public interface ISoftDeletable
{
    /// <summary>When it was deleted; <see langword="null"/> while it is not.</summary>
    DateTimeOffset? DeletedAt { get; set; }
}
