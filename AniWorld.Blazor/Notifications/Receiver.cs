using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Notifications;

/// <summary>One receiver while it is edited. Its name may change meanwhile, so it goes by an id of its own.</summary>
/// <param name="Target">As the page shows it: kept secrets are masked.</param>
/// <param name="SavedName">By which its secrets are kept; <see langword="null"/> while it was never saved.</param>
public sealed record Receiver(Guid Id, NotificationOptions Target, string? SavedName)
{
    /// <summary>How the last test went; <see langword="null"/> before one, and once something was changed.</summary>
    public NotificationTest? Test { get; init; }

    /// <summary>Whether it was tested, complete or not: from then on what is missing is marked.</summary>
    public bool WasTested { get; init; }

    /// <summary>With its kept secrets themselves once it has another name: the mask of a secret is resolved by the name.</summary>
    public NotificationOptions ToSave(IReadOnlyList<NotificationOptions> saved) =>
        SavedName != Target.Name && saved.FirstOrDefault(target => target.Name == SavedName) is { } kept
            ? Target with { Url = Known(Target.Url, kept.Url), Token = Known(Target.Token, kept.Token), Password = Known(Target.Password, kept.Password) }
            : Target;

    private static string? Known(string? value, string? kept) => value == SecretValues.Mask ? kept : value;
}

/// <param name="Failed"><see langword="null"/> while it runs.</param>
public sealed record NotificationTest(string Text, bool? Failed);
