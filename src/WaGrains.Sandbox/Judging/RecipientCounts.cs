namespace WaGrains.Sandbox.Judging;

/// <summary>How many templates each person was sent, whichever number they came from. Exact for the first
/// <paramref name="most"/> people; what goes to others is counted as forgotten.</summary>
internal sealed class RecipientCounts(int most)
{
    private readonly Dictionary<string, int> _templates = new(StringComparer.Ordinal);

    /// <summary>How many people.</summary>
    public int Count => _templates.Count;

    /// <summary>Templates to people beyond those.</summary>
    public long Forgotten { get; private set; }

    /// <summary>By the person's key, as they stand now.</summary>
    public IReadOnlyDictionary<string, int> Now => new Dictionary<string, int>(_templates, StringComparer.Ordinal);

    public void Add(string person)
    {
        var before = _templates.GetValueOrDefault(person);
        if (before == 0 && _templates.Count >= most)
        {
            Forgotten++;
            return;
        }

        _templates[person] = before + 1;
    }
}
