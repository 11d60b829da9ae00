namespace WaGrains.Sandbox;

/// <summary>Sends that are taken without a word: whose answer never comes, and of which no status may tell.</summary>
internal sealed class Silence(Misbehaviour wrong, Chance chance)
{
    /// <summary>What happens to the next send that is taken.</summary>
    public (bool IsMute, bool IsTold) Next()
    {
        var isMute = chance.Happens(wrong.NeverAnswered);
        return (isMute, !isMute || !chance.Happens(wrong.NeverTold));
    }
}
