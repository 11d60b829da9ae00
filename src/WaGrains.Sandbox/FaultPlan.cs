using WaGrains.Sandbox.Graph;

namespace WaGrains.Sandbox;

/// <summary>Faults that a test or an operator ordered; each is used up by the sends it hits.</summary>
internal sealed class FaultPlan
{
    private int _refuse;
    private int _refuseCode;
    private int _fail;
    private int _failCode;
    private int _loseAnswers;
    private DateTimeOffset _stormUntil = DateTimeOffset.MinValue;
    private int _stormCode;

    public void RefuseNext(int count, int code) => (_refuse, _refuseCode) = (Counted(count), code);

    public void FailNext(int count, int code) => (_fail, _failCode) = (Counted(count), code);

    public void LoseAnswers(int count) => _loseAnswers = Counted(count);

    public void Storm(DateTimeOffset until, int code) => (_stormUntil, _stormCode) = (until, code);

    public GraphFault? Refusal(DateTimeOffset now)
    {
        if (now < _stormUntil)
        {
            return new GraphFault(_stormCode, "Ordered by the sandbox's operator for a period.");
        }

        if (_refuse == 0)
        {
            return null;
        }

        _refuse--;
        return new GraphFault(_refuseCode, "Ordered by the sandbox's operator.");
    }

    public GraphFault? Failure()
    {
        if (_fail == 0)
        {
            return null;
        }

        _fail--;
        return new GraphFault(_failCode, "Ordered by the sandbox's operator.");
    }

    public bool TakesAnswer()
    {
        var takes = _loseAnswers > 0;
        _loseAnswers -= takes ? 1 : 0;
        return takes;
    }

    private static int Counted(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count;
    }
}
