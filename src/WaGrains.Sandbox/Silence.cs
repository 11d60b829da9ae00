namespace WaGrains.Sandbox;

/// <summary>Sends that are taken without a word: whose answer never comes, and of which no status may tell.</summary>
internal sealed class Silence(Misbehaviour wrong, Chance chance)
{
    /// <summary>Sends whose answer never came.</summary>
    public long Mute { get; private set; }

    /// <summary>Of these, the ones of which no status tells either.</summary>
    public long Untold { get; private set; }

    /// <summary>What happens to the next send that is taken.</summary>
    public (bool IsMute, bool IsTold) Next()
    {
        var isMute = chance.Happens(wrong.NeverAnswered);
        var isTold = !isMute || !chance.Happens(wrong.NeverTold);
        Mute += isMute ? 1 : 0;
        Untold += isTold ? 0 : 1;
        return (isMute, isTold);
    }
}
