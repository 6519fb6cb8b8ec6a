using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AniWorld.Services.Diagnosis;

/// <summary>Redis, where one is set: whether it answers.</summary>
internal sealed class RedisCheck(IOptionsMonitor<AniWorldOptions> options)
{
    private const string Subject = "redis";
    private const int PatienceMilliseconds = 3_000;

    public async Task<IReadOnlyList<Finding>> ExamineAsync()
    {
        if (!options.CurrentValue.Redis.NamesServer())
        {
            return [];
        }

        var settings = ConfigurationOptions.Parse(options.CurrentValue.Redis.ConnectionString!);
        settings.ConnectTimeout = settings.AsyncTimeout = PatienceMilliseconds;
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(settings);
            await redis.GetDatabase().PingAsync();
            return [Finding.Ok(Subject, "Redis answers.")];
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return
            [
                Finding.Warning(
                    Subject, "Redis does not answer; nodes look up in the database what happens on others. Look at it and at redis.connection_string."),
            ];
        }
    }
}
