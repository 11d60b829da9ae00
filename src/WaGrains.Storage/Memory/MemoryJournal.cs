namespace WaGrains.Storage.Memory;

/// <summary>How to take back what the turn at hand has written.</summary>
internal sealed class MemoryJournal
{
    private readonly Stack<Action> _undo = [];

    public void Note(Action undo) => _undo.Push(undo);

    public void Keep() => _undo.Clear();

    public void TakeBack()
    {
        while (_undo.TryPop(out var undo))
        {
            undo();
        }
    }
}
