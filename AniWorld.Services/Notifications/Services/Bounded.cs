namespace AniWorld.Services.Notifications.Services;

/// <summary>Texts within the limits of a service.</summary>
internal static class Bounded
{
    /// <param name="longest">In UTF-16 units, at least 2.</param>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        // Not between the two halves of a character.
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }
}
