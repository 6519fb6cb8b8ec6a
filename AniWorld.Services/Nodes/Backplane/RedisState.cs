namespace AniWorld.Services.Nodes.Backplane;

/// <summary>How Redis does, for those who tell it.</summary>
public sealed class RedisState
{
    private readonly RedisLink _redis;

    internal RedisState(RedisLink redis) => _redis = redis;

    public bool Answers => _redis.IsWell;
}
