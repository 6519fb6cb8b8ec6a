using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Notifications;

/// <summary>Tells one type of receiver.</summary>
internal interface INotifier
{
    NotificationType Type { get; }

    /// <summary>One attempt. Its end means that the receiver has taken the message, or refreshes its library.</summary>
    /// <exception cref="FaultException">It has not; the sentence names the host and no secret.</exception>
    Task SendAsync(NotificationOptions target, NotificationMessage message, CancellationToken cancellationToken);
}
