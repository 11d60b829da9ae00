using System.Text;
using System.Text.Json;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Serialization;

namespace WaGrains.Domain.Tests.Turns;

/// <summary>
/// The one way in which tests run a decision. Besides giving back the turn it holds what must be true of every one: the
/// same decision on the state as it is stored comes to the same turn, the state that was looked at is left as it was,
/// what follows survives being stored, and the row written is the state that follows, one version on.
/// </summary>
internal static class TurnCheck
{
    private static readonly JsonSerializerOptions Loose = new(JsonSerializerDefaults.General);

    /// <summary>A decision of an owner whose whole state is stored.</summary>
    public static Turn<TState> Run<TState>(TState state, Func<TState, Turn<TState>> decide)
        where TState : class
    {
        var before = StoredJson.Write(state);
        var turn = decide(state);
        Assert.Equal(Encoding.UTF8.GetString(before), Stored(state));
        Check(turn, decide(StoredJson.Read<TState>(before)), state, static whole => whole);
        return turn;
    }

    /// <summary>
    /// A decision of an owner that works on memory rebuilt from rows: its twin has been told all the same, and has to
    /// say the same.
    /// </summary>
    /// <param name="work">The owner.</param>
    /// <param name="twin">Another in the same state; it is told too.</param>
    /// <param name="record">What of it is stored.</param>
    /// <param name="decide">The decision.</param>
    public static (Turn<TWork> Turn, TWork Twin) Run<TWork, TRecord>(
        TWork work, TWork twin, Func<TWork, TRecord> record, Func<TWork, Turn<TWork>> decide)
    {
        var stored = record(work);
        var before = Stored(stored);
        var turn = decide(work);
        Assert.Equal(before, Stored(stored));
        var again = decide(twin);
        Check(turn, again, work, record);
        return (turn, again.Next);
    }

    /// <summary>All that leaves a turn, one line each.</summary>
    public static IReadOnlyList<string> Lines<TState>(Turn<TState> turn) =>
        [Line(turn.Reply), .. turn.Changes.Select(Line), .. turn.Effects.Select(Line)];

    private static void Check<TState, TRecord>(
        Turn<TState> turn, Turn<TState> again, TState state, Func<TState, TRecord> record)
    {
        Assert.Equal(Lines(turn), Lines(again));
        var next = Stored(record(turn.Next));
        Assert.Equal(next, Stored(StoredJson.Read<TRecord>(StoredJson.Write(record(turn.Next)))));
        Assert.Equal(next, Stored(record(again.Next)));
        var written = turn.Changes.OfType<StateWritten>().LastOrDefault();
        if (written is not null)
        {
            dynamic row = written;
            Assert.Equal(next, Stored((TRecord)row.State));
            Assert.Equal(
                (long)((dynamic)record(state)!).Version + turn.Changes.OfType<StateWritten>().Count(), written.Version);
        }
    }

    private static string Stored<T>(T value) => Encoding.UTF8.GetString(StoredJson.Write(value));

    private static string Line(object part) => part is Tell tell
        ? $"{nameof(Tell)} {tell.To} {Line(tell.Message)}"
        : $"{part.GetType().Name} {JsonSerializer.Serialize(part, part.GetType(), Loose)}";
}
