namespace AniWorld.Services.Catalogue;

/// <summary>How long a number of requests takes at a site's pace and within its budget.</summary>
internal static class RefreshForecast
{
    /// <param name="perMinute">The pace.</param>
    /// <param name="leftToday">Requests that may still go out before midnight, UTC.</param>
    /// <param name="perDay">The budget of each day after that.</param>
    public static DateTimeOffset DoneAt(DateTimeOffset now, int requests, double perMinute, int leftToday, int perDay)
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        var today = Math.Min(leftToday, (int)((midnight - now).TotalMinutes * perMinute));
        if (requests <= today)
        {
            return now.AddMinutes(requests / perMinute);
        }

        var aDay = Math.Min(perDay, (int)(TimeSpan.FromDays(1).TotalMinutes * perMinute));
        var (days, rest) = Math.DivRem(requests - today - 1, aDay);
        return midnight.AddDays(days).AddMinutes((rest + 1) / perMinute);
    }
}
