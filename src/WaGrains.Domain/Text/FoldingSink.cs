namespace WaGrains.Domain.Text;

/// <summary>Where folded characters go: runs of white space become one space, none at the ends.</summary>
internal ref struct FoldingSink(Span<char> room)
{
    private readonly Span<char> room = room;
    private bool spaced;

    public int Length { get; private set; }

    public void Put(char c)
    {
        if (spaced && Length > 0)
        {
            room[Length++] = ' ';
        }

        spaced = false;
        room[Length++] = c;
    }

    public void Put(string letters)
    {
        foreach (var c in letters)
        {
            Put(c);
        }
    }

    public void Space() => spaced = true;

    /// <summary>Joins a mark to the letter before it, where the two are a letter of their own.</summary>
    public readonly void Join(char mark)
    {
        if (Length > 0 && !spaced)
        {
            room[Length - 1] = (room[Length - 1], mark) switch
            {
                ('и', '\u0306') => 'й',
                ('у', '\u0306') => 'ў',
                ('і', '\u0308') => 'ї',
                var (letter, _) => letter,
            };
        }
    }
}
