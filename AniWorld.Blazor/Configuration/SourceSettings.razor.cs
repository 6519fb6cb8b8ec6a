using AniWorld.Services.Catalogue;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>Each catalogue: whether it is on, where it is, how often it may be asked.</summary>
public sealed partial class SourceSettings(ProviderRegistry providers) : ComponentBase;
