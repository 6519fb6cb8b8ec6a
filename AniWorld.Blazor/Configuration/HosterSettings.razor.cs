using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Configuration;

/// <summary>The hosters to try first.</summary>
public sealed partial class HosterSettings(ConfigService configuration) : SettingField<List<string>>(configuration);
