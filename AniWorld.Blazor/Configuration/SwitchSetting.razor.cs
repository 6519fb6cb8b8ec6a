using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Configuration;

/// <summary>On or off.</summary>
public sealed partial class SwitchSetting(ConfigService configuration) : SettingField<bool>(configuration);
