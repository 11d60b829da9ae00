namespace WaGrains.Domain.Text;

/// <summary>
/// Finds many phrases in one pass over a text: the automaton of Aho and Corasick ("Efficient string matching", CACM
/// 18(6), 1975). The time depends on the text and its hits, not on how many phrases there are. Immutable once built.
/// </summary>
internal sealed class PhraseAutomaton
{
    private const int None = -1;

    private readonly Dictionary<long, int> edges = [];
    private readonly List<int> failure = [0];
    private readonly List<int> phraseAt = [None];
    private readonly List<int> shorter = [None];
    private readonly int[] lengths;

    /// <summary>Builds the automaton; phrases are told apart by their index, and must be distinct and not
    /// empty.</summary>
    public PhraseAutomaton(IReadOnlyList<string> phrases)
    {
        lengths = [.. phrases.Select(phrase => phrase.Length)];
        for (var i = 0; i < phrases.Count; i++)
        {
            var node = 0;
            foreach (var c in phrases[i])
            {
                node = Child(node, c);
            }

            phraseAt[node] = i;
        }

        Link();
    }

    /// <summary>Every occurrence in the text, overlapping ones too, by where they end.</summary>
    public Occurrences In(ReadOnlySpan<char> text) => new(this, text);

    private static long Key(int node, char c) => ((long)node << 16) | c;

    private int Child(int node, char c)
    {
        if (!edges.TryGetValue(Key(node, c), out var child))
        {
            child = failure.Count;
            edges.Add(Key(node, c), child);
            failure.Add(0);
            phraseAt.Add(None);
            shorter.Add(None);
        }

        return child;
    }

    // By depth: a node's failure is always shallower, so it is linked before the node needs it.
    private void Link()
    {
        var children = edges.ToLookup(
            edge => (int)(edge.Key >> 16),
            edge => (Letter: (char)edge.Key, Node: edge.Value));
        var waiting = new Queue<int>([0]);
        while (waiting.TryDequeue(out var node))
        {
            foreach (var (letter, child) in children[node])
            {
                var suffix = node == 0 ? 0 : Step(failure[node], letter);
                failure[child] = suffix;
                shorter[child] = phraseAt[suffix] == None ? shorter[suffix] : suffix;
                waiting.Enqueue(child);
            }
        }
    }

    private int Step(int node, char c)
    {
        int next;
        while (!edges.TryGetValue(Key(node, c), out next))
        {
            if (node == 0)
            {
                return 0;
            }

            node = failure[node];
        }

        return next;
    }

    /// <summary>A phrase found.</summary>
    /// <param name="Phrase">Its index.</param>
    /// <param name="Start">Where it begins in the text.</param>
    /// <param name="Length">How long it is.</param>
    public readonly record struct Occurrence(int Phrase, int Start, int Length);

    /// <summary>Walks a text; used by <c>foreach</c>.</summary>
    public ref struct Occurrences(PhraseAutomaton automaton, ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> text = text;
        private int next;
        private int node;
        private int pending = None;

        public Occurrence Current { get; private set; }

        public readonly Occurrences GetEnumerator() => this;

        public bool MoveNext()
        {
            while (pending == None)
            {
                if (next == text.Length)
                {
                    return false;
                }

                node = automaton.Step(node, text[next++]);
                pending = automaton.phraseAt[node] == None ? automaton.shorter[node] : node;
            }

            var phrase = automaton.phraseAt[pending];
            Current = new Occurrence(phrase, next - automaton.lengths[phrase], automaton.lengths[phrase]);
            pending = automaton.shorter[pending];
            return true;
        }
    }
}
