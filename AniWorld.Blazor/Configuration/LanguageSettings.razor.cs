using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Library;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Configuration;

/// <summary>The language profile that series follow when they name no other: what is wanted, best first.</summary>
public sealed partial class LanguageSettings(ConfigService configuration) : SettingField<JsonArray?>(configuration)
{
    private static readonly string[] Known = ["de-dub", "de-sub", "en-dub", "en-sub", "ja"];

    private string Name => Draft.Get<string>("languages.default_profile") ?? LanguageProfile.Default.Name;

    private JsonObject? Profile => ProfileIn(Value);

    private IReadOnlyList<string> Order => Profile?["order"]?.Deserialize<List<string>>() ?? LanguageProfile.Default.Order;

    private string Cutoff => Profile?["cutoff"]?.GetValue<string>() ?? LanguageProfile.Default.Cutoff;

    private static string NameOf(string code) => Language.TryParse(code, out var language) ? LanguageName.Long(language) : code;

    private JsonObject? ProfileIn(JsonArray? profiles) =>
        profiles?.OfType<JsonObject>().FirstOrDefault(profile => profile["name"]?.GetValue<string>() == Name);

    private void Change(IReadOnlyList<string> order, string? cutoff)
    {
        var profiles = Value ?? [];
        var profile = ProfileIn(profiles);
        if (profile is null)
        {
            profile = new JsonObject { ["name"] = Name };
            profiles.Add((JsonNode)profile);
        }

        profile["order"] = JsonSerializer.SerializeToNode(order);
        profile["cutoff"] = cutoff is not null && order.Contains(cutoff) ? cutoff : order[0];
        Set(profiles);
    }
}
