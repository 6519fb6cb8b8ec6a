using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace AniWorld.Services.Configuration;

/// <summary>Which members the configuration has, read off <see cref="AniWorldOptions"/>.</summary>
internal abstract record ConfigShape
{
    /// <summary>Settings that only who starts the program may make: they name executables, bounds and connections.</summary>
    public static IReadOnlySet<string> HostOnly { get; } = new HashSet<string> { "tools", "limits", "database", "redis" };

    public static Group Whole { get; } = (Group)Of(typeof(AniWorldOptions), nullable: false);

    /// <summary>Whether there is a member, a list or a value, at a dotted path that users may set.</summary>
    public static bool Has(string path)
    {
        ConfigShape? shape = HostOnly.Contains(path.Split('.')[0]) ? null : Whole;
        foreach (var name in path.Split('.'))
        {
            shape = shape switch
            {
                Group group => group.Members.GetValueOrDefault(name)?.Shape,
                Map map => map.Entry,
                _ => null,
            };
        }

        return shape is Value or Items;
    }

    private static ConfigShape Of(Type type, bool nullable)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string) || plain.IsPrimitive)
        {
            return new Value(plain, nullable || plain != type);
        }

        var arguments = type.GetGenericArguments();
        return arguments.Length switch
        {
            2 => new Map(Of(arguments[1], nullable: false)),
            1 => new Items(Of(arguments[0], nullable: false)),
            _ => new Group(MembersOf(type)),
        };
    }

    private static Dictionary<string, Member> MembersOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (Property: property, Name: property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name))
            .Where(member => member.Name is not null)
            .ToDictionary(
                member => member.Name!,
                member => new Member(
                    member.Property,
                    Of(member.Property.PropertyType, nullability.Create(member.Property).ReadState is NullabilityState.Nullable)));
    }

    /// <summary>An object with known members.</summary>
    public sealed record Group(IReadOnlyDictionary<string, Member> Members) : ConfigShape;

    /// <summary>An object whose members the user names.</summary>
    public sealed record Map(ConfigShape Entry) : ConfigShape;

    public sealed record Items(ConfigShape Item) : ConfigShape;

    /// <summary>A text, a number or a switch.</summary>
    public sealed record Value(Type Type, bool IsNullable) : ConfigShape;

    public sealed record Member(PropertyInfo Property, ConfigShape Shape)
    {
        public bool IsSecret { get; } = Property.IsDefined(typeof(SecretAttribute));
    }
}
