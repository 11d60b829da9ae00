using System.Runtime.InteropServices;
using Npgsql;

namespace WaGrains.Storage.Postgres.Writing;

/// <summary>
/// Rows of many turns gathered into few statements without changing what they come to. Statements run wave by wave, in
/// each wave step by step; a change goes into the earliest wave in which it comes after every earlier change of the same
/// row. So each row sees its changes in their own order, and rows that have nothing to do with one another share
/// statements.
/// </summary>
internal sealed class Waves
{
    /// <summary>Places of one wave in the order of all: more than there are steps.</summary>
    private const int Width = 64;

    private readonly Dictionary<Cell, Touch> _touched = [];
    private readonly List<Dictionary<Wording, Sheet>> _waves = [];

    /// <summary>Adds a row that shares no other row with any change.</summary>
    public void Add<T>(Wording<T> wording, T row) => Put(0, wording, row);

    /// <summary>Adds a change of these rows.</summary>
    /// <param name="wording">How it is written.</param>
    /// <param name="row">What is written.</param>
    /// <param name="shared">What it only requires not to be changed as a whole meanwhile; null for nothing.</param>
    /// <param name="own">The rows it changes.</param>
    public void Add<T>(Wording<T> wording, T row, Cell? shared, params ReadOnlySpan<Cell> own)
    {
        var step = (int)wording.Step;
        var place = step;
        foreach (var cell in own)
        {
            var touch = _touched.GetValueOrDefault(cell);
            place = After(place, step, Math.Max(touch.Own, touch.Shared));
        }

        if (shared is { } whole)
        {
            place = After(place, step, _touched.GetValueOrDefault(whole).Own);
            ref var touch = ref CollectionsMarshal.GetValueRefOrAddDefault(_touched, whole, out _);
            touch.Shared = Math.Max(touch.Shared, place + 1);
        }

        foreach (var cell in own)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_touched, cell, out _).Own = place + 1;
        }

        Put(place / Width, wording, row);
    }

    /// <summary>The statements, in order.</summary>
    public IEnumerable<(NpgsqlBatchCommand Command, Wording Wording)> Commands() => _waves.SelectMany(wave => wave.Values
        .OrderBy(sheet => sheet.Wording.Step)
        .ThenBy(sheet => sheet.Wording.Sql, StringComparer.Ordinal)
        .Select(sheet => (sheet.Command(), sheet.Wording)));

    /// <summary>The first place of a step that is not before <paramref name="place"/> and after the one used
    /// last.</summary>
    /// <param name="place">The place found so far.</param>
    /// <param name="step">Which step.</param>
    /// <param name="used">One more than the last place used, 0 for none.</param>
    private static int After(int place, int step, int used)
    {
        while (place < used)
        {
            place = Math.Max(place + Width, (used / Width * Width) + step);
        }

        return place;
    }

    private void Put<T>(int wave, Wording<T> wording, T row)
    {
        while (_waves.Count <= wave)
        {
            _waves.Add(new Dictionary<Wording, Sheet>(ReferenceEqualityComparer.Instance));
        }

        if (!_waves[wave].TryGetValue(wording, out var sheet))
        {
            sheet = new Sheet<T>(wording);
            _waves[wave].Add(wording, sheet);
        }

        ((Sheet<T>)sheet).Add(row);
    }

    /// <summary>One more than the last places at which a row was changed, and was required.</summary>
    private struct Touch
    {
        public int Own;
        public int Shared;
    }
}
