using System.Reflection;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>A value of any message type with something in every member, so that one that gets lost is seen.</summary>
internal static class Filled
{
    private static readonly DateTimeOffset Moment = new(2026, 3, 2, 12, 34, 56, TimeSpan.Zero);

    private static readonly Dictionary<Type, object> Known = new()
    {
        [typeof(string)] = "text",
        [typeof(bool)] = true,
        [typeof(int)] = 7,
        [typeof(long)] = 8L,
        [typeof(double)] = 1.5,
        [typeof(ulong)] = 9UL,
        [typeof(UInt128)] = (UInt128)10,
        [typeof(DateTimeOffset)] = Moment,
        [typeof(TimeSpan)] = TimeSpan.FromSeconds(3),
        [typeof(DateOnly)] = new DateOnly(2026, 3, 2),
        [typeof(TimeOnly)] = new TimeOnly(9, 30),
        [typeof(ReadOnlyMemory<byte>)] = new ReadOnlyMemory<byte>([1, 2, 3]),
        [typeof(TenantId)] = TenantId.Parse("acme"),
        [typeof(OwnerKey)] = OwnerKey.Of(TenantId.Parse("acme"), new PhoneNumberId(5)),
        [typeof(MessageContent)] = new TextContent("hello", true),
    };

    /// <summary>Such a value.</summary>
    public static object Of(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (Known.TryGetValue(bare, out var known))
        {
            return known;
        }

        if (bare.IsEnum)
        {
            return Enum.GetValues(bare).GetValue(Enum.GetValues(bare).Length - 1)!;
        }

        return bare.IsGenericType && bare.GetGenericArguments() is [{ } key, { } value] ? Pairs(key, value)
            : Element(bare) is { } element ? List(element)
            : Made(bare);
    }

    private static object Made(Type type)
    {
        var concrete = type.IsAbstract
            ? type.Assembly.GetTypes().First(each => !each.IsAbstract && type.IsAssignableFrom(each))
            : type;
        var constructor = concrete.GetConstructors()
            .Where(each => each.GetParameters() is not [{ } only] || only.ParameterType != concrete)
            .MaxBy(each => each.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(each => Of(each.ParameterType))]);
        foreach (var property in concrete.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true }
                && constructor.GetParameters().All(parameter => parameter.Name != property.Name)))
        {
            property.SetValue(made, Of(property.PropertyType));
        }

        return made;
    }

    private static Type? Element(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericArguments() is [{ } element]
            && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? element
        : null;

    private static System.Collections.IDictionary Pairs(Type key, Type value)
    {
        var pairs = (System.Collections.IDictionary)Activator.CreateInstance(
            typeof(Dictionary<,>).MakeGenericType(key, value))!;
        pairs[Of(key)] = Of(value);
        return pairs;
    }

    private static Array List(Type element)
    {
        var list = Array.CreateInstance(element, 2);
        list.SetValue(Of(element), 0);
        list.SetValue(Of(element), 1);
        return list;
    }
}
