using System.Globalization;
using System.Reflection;

namespace WaGrains.Storage.Rows;

/// <summary>A store's migrations: scripts in this assembly, named by a number of four digits and what they do. They run
/// once each, in order, and are never edited.</summary>
/// <param name="folder">The name all of them begin with as resources, with its last dot.</param>
internal sealed class MigrationScripts(string folder)
{
    private static readonly Assembly Here = typeof(MigrationScripts).Assembly;

    /// <summary>Their names, by number.</summary>
    public SortedDictionary<long, string> All()
    {
        SortedDictionary<long, string> scripts = [];
        foreach (var resource in Here.GetManifestResourceNames())
        {
            if (resource.StartsWith(folder, StringComparison.Ordinal))
            {
                var name = resource[folder.Length..];
                scripts.Add(long.Parse(name[..4], CultureInfo.InvariantCulture), name);
            }
        }

        return scripts;
    }

    /// <summary>The text of one.</summary>
    public string Read(string name)
    {
        using var stream = Here.GetManifestResourceStream(folder + name)
            ?? throw new InvalidOperationException($"The script {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
