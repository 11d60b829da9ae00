using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Bulk;

/// <summary>One message to many recipients. The recipients are rows of their own and never in memory all at
/// once.</summary>
public sealed record BulkSendState
{
    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Which.</summary>
    public required BulkSendId Id { get; init; }

    /// <summary>How many durable writes the row has had.</summary>
    public long Version { get; init; }

    /// <summary>What people call it, at most 100 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>The numbers that share the work, 1 to 200.</summary>
    public IReadOnlyList<PhoneNumberId> Numbers { get; init; } = [];

    /// <summary>What is sent, with <c>{{name}}</c> where a recipient's variable goes.</summary>
    public required MessageContent Content { get; init; }

    /// <summary>Which lane its messages wait in.</summary>
    public Lane Lane { get; init; } = Lane.Campaign;

    /// <summary>What has not left by then does not leave any more.</summary>
    public DateTimeOffset Deadline { get; init; }

    /// <summary>How many recipients there are; their positions count from 0.</summary>
    public int Total { get; init; }

    /// <summary>Every recipient before this position has been given to a number, refused, or dropped.</summary>
    public int Cursor { get; init; }

    /// <summary>Where it stands.</summary>
    public BulkPhase Phase { get; init; }

    /// <summary>Why it ends before all recipients had their turn: <c>cancelled</c>, <c>deadline_passed</c>; null while
    /// it does not.</summary>
    public string? Ends { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When nothing of it was left to do; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it has come along, oldest first, at most <see cref="DrainHistory.PointsMax"/> points; null for
    /// none.</summary>
    public IReadOnlyList<DrainPoint>? Drain { get; init; }

    /// <summary>Its address.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public OwnerKey Owner => OwnerKey.Of(Tenant, Id);

    /// <summary>Whether something of it is still to be done.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => Phase != BulkPhase.Ended;

    /// <summary>The state of a send of which nothing is stored.</summary>
    public static BulkSendState None(TenantId tenant, BulkSendId id) =>
        new() { Tenant = tenant, Id = id, Content = new TextContent("", false) };
}

/// <summary>Where a bulk send stands. The numbers are stored.</summary>
public enum BulkPhase
{
    /// <summary>Its recipients are handed to the numbers as those have room, and what waits there leaves.</summary>
    Running = 0,

    /// <summary>Nothing more is handed over, and what waits in its numbers' queues stays there.</summary>
    Paused = 1,

    /// <summary>It ends early: what has not left is being withdrawn.</summary>
    Closing = 2,

    /// <summary>Nothing of it is left to do.</summary>
    Ended = 3,
}

/// <summary>Writes a bulk send's row.</summary>
public sealed record BulkSendWritten(BulkSendState State) : StateWritten
{
    /// <summary>The state this write follows: what the feed of events tells the difference from. Null: unknown, and
    /// nothing is told.</summary>
    public BulkSendState? Before { get; init; }

    /// <inheritdoc/>
    public override long Version => State.Version;

    /// <inheritdoc/>
    public override OwnerKey Owner => State.Owner;
}
