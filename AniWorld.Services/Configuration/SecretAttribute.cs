namespace AniWorld.Services.Configuration;

/// <summary>The value is never shown: the API answers <c>********</c> for it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
