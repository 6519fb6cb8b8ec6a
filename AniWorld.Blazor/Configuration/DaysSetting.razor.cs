using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Configuration;

/// <summary>Days of the week. All of them is the empty list, and never none.</summary>
public sealed partial class DaysSetting(ConfigService configuration) : SettingField<List<string>>(configuration);
