using System.Text.Json;

namespace WaGrains.LocalCluster.Sends;

/// <summary>What a bulk send says became of each recipient, held against what the sandbox took.</summary>
internal sealed class BulkResults
{
    // The sandbox's word for a message that it took and could not bring.
    private const int Undeliverable = 131026;

    private static readonly HashSet<string> TakenWords =
        new(["accepted", "sent", "delivered", "read", "played"], StringComparer.Ordinal);

    private readonly HashSet<int> _positions = [];
    private readonly Dictionary<string, bool> _taken = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _words = new(StringComparer.Ordinal);
    private int _listed;
    private int _open;
    private int _withoutReason;

    /// <summary>How many ended in which way: a message's status, or refused and dropped, with the
    /// reason.</summary>
    public IReadOnlyDictionary<string, int> Words => _words;

    /// <summary>Reads all of them.</summary>
    public static async Task<BulkResults> Read(OwnerApi owner, string send, CancellationToken cancel)
    {
        var results = new BulkResults();
        await owner.Each($"/v1/sends/{send}/recipients", results.Note, cancel);
        return results;
    }

    /// <summary>Takes one recipient in.</summary>
    public void Note(JsonElement recipient)
    {
        _listed++;
        _positions.Add(recipient.GetProperty("position").GetInt32());
        var outcome = recipient.GetProperty("outcome").GetString()!;
        var (word, reason, code) = (outcome, recipient.GetProperty("code").GetString(), 0);
        if (recipient.GetProperty("message") is { ValueKind: JsonValueKind.Object } message)
        {
            word = message.GetProperty("status").GetString()!;
            (reason, code) = Error(message.GetProperty("error"));
        }

        var isTaken = TakenWords.Contains(word) || (word == "failed" && code == Undeliverable);
        var isOpen = word is "pending" or "queued" or "taken";
        _open += isOpen ? 1 : 0;
        _withoutReason += !isOpen && !TakenWords.Contains(word) && string.IsNullOrEmpty(reason) ? 1 : 0;
        var key = string.IsNullOrEmpty(reason) ? word : $"{word} ({reason})";
        _words[key] = _words.GetValueOrDefault(key) + 1;
        _taken[recipient.GetProperty("to").GetString()!.TrimStart('+')] = isTaken;
    }

    /// <summary>What does not add up, one sentence each.</summary>
    /// <param name="total">Recipients of the send.</param>
    /// <param name="atSandbox">Templates that the sandbox took, by recipient.</param>
    public IReadOnlyList<string> Violations(int total, IReadOnlyDictionary<string, int> atSandbox)
    {
        var violations = new List<string>();
        Add("recipients missing from the list, or in it twice",
            Math.Abs(total - _listed) + (_listed - _positions.Count));
        Add("recipients of whom nobody says how it ended", _open);
        Add("recipients who got nothing, and no reason", _withoutReason);
        Add("recipients who were written to more than once", atSandbox.Values.Count(times => times > 1));
        Add("people who were written to and are not in the list", atSandbox.Keys.Count(to => !_taken.ContainsKey(to)));
        Add("recipients told as written to whom nothing reached",
            _taken.Count(each => each.Value && !atSandbox.ContainsKey(each.Key)));
        Add("recipients told as not written to who were",
            _taken.Count(each => !each.Value && atSandbox.ContainsKey(each.Key)));
        return violations;

        void Add(string what, int count)
        {
            if (count != 0)
            {
                violations.Add($"{what}: {count}");
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _words.Select(word => $"{word.Key} {word.Value}"));

    private static (string? Reason, int Code) Error(JsonElement error) => error.ValueKind == JsonValueKind.Object
        ? (error.GetProperty("reason").GetString(), error.GetProperty("code").GetInt32())
        : (null, 0);
}
