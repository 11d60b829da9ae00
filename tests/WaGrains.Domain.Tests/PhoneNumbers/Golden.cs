namespace WaGrains.Domain.Tests.PhoneNumbers;

/// <summary>Texts that are kept beside the tests.</summary>
internal static class Golden
{
    /// <summary>The text is what stands in this file; or it is written there, where goldens are renewed.</summary>
    public static void Holds(string name, string text)
    {
        var path = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("WAGRAINS_UPDATE_GOLDENS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WaGrains.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "Golden");
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
