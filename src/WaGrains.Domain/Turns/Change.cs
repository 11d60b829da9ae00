namespace WaGrains.Domain.Turns;

/// <summary>One row's worth of a turn: what the commit makes durable. A closed set; a store knows how to write
/// each.</summary>
public abstract record Change;

/// <summary>The whole new state of an owner. The commit succeeds only if the row stands at <see cref="Version"/> - 1,
/// or is absent where that is 0.</summary>
public abstract record StateWritten : Change
{
    /// <summary>The version this write brings the row to; counts from 1.</summary>
    public abstract long Version { get; }

    /// <summary>Whose state it is.</summary>
    public abstract Ids.OwnerKey Owner { get; }
}
