using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using Microsoft.Win32.SafeHandles;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>A <c>.part</c> file and the journal beside it: data is flushed first, then the journal may name it.</summary>
/// <remarks>Held alone: a second run on the same file gets <c>name_conflict</c>. Links are not followed.</remarks>
internal sealed class PartFile : IDisposable
{
    /// <summary>What a crash can cost.</summary>
    public const long FlushBytes = 64L << 20;

    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(2);

    private readonly SafeFileHandle _file;
    private readonly TimeProvider _time;
    private readonly long _reserve;
    private readonly long _flushBytes;
    private readonly Action _requireMayWrite;
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private long _unflushed;
    private long _flushedAt;
    private volatile bool _flushFailed;

    /// <param name="options">What stays free on the disk, and who may write.</param>
    /// <param name="flushBytes">Written between two flushes, at most.</param>
    public PartFile(PartPaths paths, MediaDownloadOptions options, TimeProvider time, long flushBytes = FlushBytes)
    {
        (Paths, _reserve, _time, _flushBytes, _flushedAt) = (paths, options.FreeSpaceReserve, time, flushBytes, time.GetTimestamp());
        _requireMayWrite = options.RequireMayWrite;
        RefuseLink(paths.Part);
        RefuseLink(paths.Journal);
        _file = options.TakesOver ? OpenOrReplace(paths) : Open(paths.Part);
    }

    public PartPaths Paths { get; }

    public long Length => RandomAccess.GetLength(_file);

    /// <exception cref="FaultException"><c>name_conflict</c>: the path is a link or a folder.</exception>
    public static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null || Directory.Exists(path))
        {
            throw new FaultException(FaultCode.NameConflict, new Sentence("fault_part_link", path));
        }
    }

    /// <summary>Gives the file its size and its room at once, after a look at the free space.</summary>
    /// <param name="missing">Bytes that are still to come.</param>
    public void Resize(long length, long missing)
    {
        // What was given room in an earlier run is no longer free, and is not asked for a second time.
        if (Length < length)
        {
            DiskFault.RequireSpace(Paths.Part, missing, _reserve);
        }

        _requireMayWrite();
        RandomAccess.SetLength(_file, length);
        DiskFault.RequireSpace(Paths.Part, Allocation.TryReserve(_file, length) ? 0 : missing, _reserve);
    }

    /// <summary>Throws away what is there, the journal first.</summary>
    public void Clear()
    {
        _requireMayWrite();
        File.Delete(Paths.Journal);
        RandomAccess.SetLength(_file, 0);
    }

    /// <exception cref="OperationCanceledException">It is another's by now; nothing was written.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        _requireMayWrite();
        RandomAccess.Write(_file, bytes, offset);
    }

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_file, buffer, offset);

    /// <summary>Flushes and journals when 64 MiB or 2 s are due. Called by several connections; one of them does it.</summary>
    /// <param name="written">Bytes written since the caller's last call.</param>
    /// <param name="journal">A snapshot of what has been written so far.</param>
    public async ValueTask KeepAsync(long written, Func<Journal> journal)
    {
        var due = Interlocked.Add(ref _unflushed, written) >= _flushBytes
            || _time.GetElapsedTime(Interlocked.Read(ref _flushedAt)) >= FlushInterval;
        if (due && await _flushing.WaitAsync(0))
        {
            try
            {
                DiskFault.RequireSpace(Paths.Part, 0, _reserve);
                await FlushLockedAsync(journal);
            }
            finally
            {
                _flushing.Release();
            }
        }
    }

    /// <summary>Flushes and journals now.</summary>
    public async Task FlushAsync(Func<Journal> journal)
    {
        await _flushing.WaitAsync();
        try
        {
            await FlushLockedAsync(journal);
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>The same at the end of a run that failed or was cancelled: what it has is kept, a further failure changes nothing.</summary>
    public async Task SalvageAsync(Func<Journal> journal)
    {
        try
        {
            await FlushAsync(journal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // The journal on disk still tells the truth; the next run fetches the rest again.
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _flushing.Dispose();
    }

    private async Task FlushLockedAsync(Func<Journal> journal)
    {
        if (_flushFailed)
        {
            // After a failed fsync the next one may succeed although pages are lost: nothing more is vouched for in this run.
            return;
        }

        _requireMayWrite();
        Interlocked.Exchange(ref _unflushed, 0);
        Interlocked.Exchange(ref _flushedAt, _time.GetTimestamp());
        var snapshot = journal();
        try
        {
            await Task.Run(() => Durable.FlushFile(_file, Paths.Part));
        }
        catch (IOException)
        {
            _flushFailed = true;
            throw;
        }

        // The flush may have taken long.
        _requireMayWrite();
        JournalFile.Save(Paths, snapshot);
    }

    /// <summary>Who held it may still have it open, but its name leads to another file now: what that one writes reaches nobody.</summary>
    private static SafeFileHandle OpenOrReplace(PartPaths paths)
    {
        try
        {
            return Open(paths.Part);
        }
        catch (IOException e) when (DiskFault.IsHeld(e))
        {
            File.Delete(paths.Journal);
            File.Delete(paths.Part);
            return Open(paths.Part);
        }
    }

    private static SafeFileHandle Open(string path)
    {
        // Never FileMode.OpenOrCreate, which would follow a dangling link.
        var mode = File.Exists(path) ? FileMode.Open : FileMode.CreateNew;
        return File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.None);
    }
}
