namespace AniWorld.Services.Progress;

/// <summary>The rooms that a socket can join, by the names of the contract.</summary>
internal static class RoomNames
{
    private static readonly (string Name, ProgressRooms Room)[] Rooms =
    [
        ("downloads", ProgressRooms.Downloads),
        ("download_progress", ProgressRooms.DownloadProgress),
        ("scan_progress", ProgressRooms.ScanProgress),
        ("system", ProgressRooms.System),
    ];

    public static IEnumerable<string> All => Rooms.Select(room => room.Name);

    public static string NameOf(ProgressRooms room) => Array.Find(Rooms, known => known.Room == room).Name;

    /// <returns><see cref="ProgressRooms.None"/> for a name that no room has.</returns>
    public static ProgressRooms Find(string? name) => Array.Find(Rooms, known => known.Name == name).Room;
}
