namespace WaGrains.CloudApi.Tests;

/// <summary>
/// The files under <c>tests/Golden</c>. <c>WAGRAINS_UPDATE_GOLDENS=1</c> writes what is instead of comparing.
/// </summary>
internal static class GoldenFiles
{
    private static readonly bool Renews = Environment.GetEnvironmentVariable("WAGRAINS_UPDATE_GOLDENS") == "1";

    private static readonly string Root = Path.Combine(Repository(), "tests", "Golden");

    public static IEnumerable<string> Webhooks() =>
        Directory.EnumerateFiles(Path.Combine(Root, "webhooks"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => !name.EndsWith(".expected", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static byte[] Webhook(string name) => File.ReadAllBytes(Path.Combine(Root, "webhooks", $"{name}.json"));

    /// <summary>Compares with the file, or renews it.</summary>
    public static void Check(string folder, string name, string actual)
    {
        var path = Path.Combine(Root, folder, $"{name}.json");
        if (Renews)
        {
            File.WriteAllText(path, actual + "\n");
        }

        Assert.True(File.Exists(path), $"{folder}/{name}.json is missing; WAGRAINS_UPDATE_GOLDENS=1 writes it.");
        Assert.Equal(File.ReadAllText(path).TrimEnd('\n'), actual);
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WaGrains.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
