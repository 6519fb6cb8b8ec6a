using AniWorld.Services.Auth;
using AniWorld.Services.Progress;

namespace AniWorld.Services.Nodes.Backplane;

/// <summary>Takes in what other nodes tell, each thing once, whichever way and however often it comes.</summary>
internal sealed class NodeInbox(ThisNode node, ProgressService progress, Revocations revocations, TimeProvider time)
{
    /// <summary>More than can be told between two looks into the database, also when it was away for minutes.</summary>
    private const int MostKnown = 20_000;

    private const int MostHeardOf = 1_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly RecentSet<Guid> _taken = new(MostKnown);
    private readonly RecentSet<Guid> _endedScans = new(MostHeardOf);
    private readonly RecentSet<string> _endedSessions = new(MostHeardOf);
    private readonly Dictionary<Guid, long> _heardOf = [];

    /// <summary>In the order in which one node tells it.</summary>
    public void Take(NodeMessage message)
    {
        if (message.Origin == node.Run)
        {
            return;
        }

        lock (_gate)
        {
            if (message.Event is { } happened)
            {
                Take(message.Id, happened);
            }
            else if (message.Ended is { } session && _endedSessions.Add(session))
            {
                revocations.Announce(session);
            }
        }
    }

    /// <summary>How something ended shortly before this node started: nobody is told, but who comes back and asks what was missed.</summary>
    public void Remember(NodeMessage message)
    {
        lock (_gate)
        {
            if (message.Event is { } happened && EventRouting.Ends(happened) is not null && EventRouting.IsOnTheWire(happened) && _taken.Add(message.Id))
            {
                progress.Remember(happened);
            }
        }
    }

    /// <summary>How far something is, as the database knows: older than what nodes tell, but there when nobody tells it.</summary>
    public void TakeSeen(ProgressEvent happened)
    {
        lock (_gate)
        {
            progress.PublishFromElsewhere(happened);
        }
    }

    /// <summary>A scan ended, as the database knows; who ran it may be gone and never tell.</summary>
    public void TakeSeenEnd(Guid scan, ProgressEvent happened)
    {
        lock (_gate)
        {
            if (_endedScans.Add(scan))
            {
                progress.PublishFromElsewhere(happened);
            }
        }
    }

    /// <summary>Whether a node told lately how far this download or scan is.</summary>
    public bool HeardLatelyOf(Guid id)
    {
        lock (_gate)
        {
            return _heardOf.TryGetValue(id, out var at) && time.GetElapsedTime(at) < Fresh;
        }
    }

    /// <summary>Whether the end of a session is news, and not what another node told.</summary>
    public bool IsNewEnd(string session) => _endedSessions.Add(session);

    private void Take(Guid id, ProgressEvent happened)
    {
        if (EventRouting.Replaces(happened) is { } active)
        {
            if (_heardOf.Count >= MostHeardOf)
            {
                _heardOf.Clear();
            }

            _heardOf[active] = time.GetTimestamp();
            progress.PublishFromElsewhere(happened);
            return;
        }

        var ended = EventRouting.Ends(happened);
        if (!_taken.Add(id))
        {
            if (ended is { } again && progress.IsElsewhere(again) && StopOf(happened) is { } stop)
            {
                // It was found in the database before the last came that was told of its progress.
                progress.PublishFromElsewhere(stop);
            }

            return;
        }

        if (happened is ScanCompleted or ScanFailed && !_endedScans.Add(ended!.Value))
        {
            return;
        }

        if (ended is { } over)
        {
            _heardOf.Remove(over);
        }

        progress.PublishFromElsewhere(happened);
    }

    private static DownloadStopped? StopOf(ProgressEvent outcome) => outcome switch
    {
        DownloadCompleted done => new(done.DownloadId, done.Key, done.Folder, done.Season, done.Number),
        DownloadFailed failed => new(failed.DownloadId, failed.Key, failed.Folder, failed.Season, failed.Number),
        _ => null,
    };
}
