namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>The JSON schema of site profiles.</summary>
public static class ProfileSchema
{
    public static Stream Open() =>
        typeof(ProfileSchema).Assembly.GetManifestResourceStream(typeof(ProfileSchema), "site-profile.schema.json")!;
}
