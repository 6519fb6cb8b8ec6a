namespace AniWorld.Blazor.Layout;

/// <summary>Something that the palette offers.</summary>
/// <param name="Kind">Said beside its name: page, series or action.</param>
public sealed record PaletteEntry(string Name, string Kind, string Icon, Func<Task> ChooseAsync);
