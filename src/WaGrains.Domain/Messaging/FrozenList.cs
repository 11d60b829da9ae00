namespace WaGrains.Domain.Messaging;

/// <summary>
/// Lists inside content: copied once, compared item by item. Plain <see cref="IReadOnlyList{T}"/> properties rather
/// than a list type of our own,
/// because generated JSON contexts in other assemblies read those without a converter.
/// </summary>
internal static class FrozenList
{
    /// <summary>A copy nobody else holds; null, as loose JSON may give it, is the empty list.</summary>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T>? items) => items is null ? [] : [.. items];

    public static bool Same<T>(IReadOnlyList<T> left, IReadOnlyList<T> right) => left.SequenceEqual(right);

    public static int Hash<T>(IReadOnlyList<T> items)
    {
        var hash = default(HashCode);
        foreach (var item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>The parts that hold something, one per line.</summary>
    public static string Lines(params IEnumerable<string?> parts) =>
        string.Join('\n', parts.Where(part => !string.IsNullOrEmpty(part)));
}
