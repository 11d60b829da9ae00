using WaGrains.Domain.Billing;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Messaging;
using WaGrains.Host.Problems;
using WaGrains.Host.Sends;

namespace WaGrains.Host.Forecasts;

/// <summary>Walks through the recipients of a request and counts: who can be written to, where they are, and what is
/// wrong with the others. Of those who can a sample is kept.</summary>
internal sealed class RecipientSurvey(RateCard card)
{
    /// <summary>Recipients that are looked at one by one: enough to be within a per cent of the truth, and no more than
    /// a few seconds of a database.</summary>
    public const int SampleMax = 20_000;

    private readonly SortedDictionary<string, int> _mistaken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byMarket = [];
    private readonly List<Recipient> _sample = [];
    private int _every = 1;

    /// <summary>How many stand in the list.</summary>
    public int Listed { get; private set; }

    /// <summary>How many of them can be written to.</summary>
    public int Usable { get; private set; }

    /// <summary>Those that cannot, by what is wrong.</summary>
    public IReadOnlyDictionary<string, int> Mistaken => _mistaken;

    /// <summary>The first mistakes.</summary>
    public List<FieldMistake> Mistakes { get; } = [];

    /// <summary>Some of those who can be written to, evenly taken.</summary>
    public IReadOnlyList<Recipient> Sample => _sample;

    /// <summary>Those who can be written to, by the market's name; empty for none.</summary>
    public IReadOnlyDictionary<string, int> ByMarket => _byMarket;

    /// <summary>Walks through all of them; false where there are too many.</summary>
    public bool Walk(Spool spool, MessageContent content)
    {
        var list = new RecipientList(Mistakes);
        var names = Placeholders.Of(content);
        var before = 0;
        foreach (var element in SendReader.Walk(spool))
        {
            var recipient = list.Read(element);
            if (list.Count > RecipientList.CountMax)
            {
                return false;
            }

            if (recipient is not null)
            {
                list.Check(recipient, content, names);
            }

            if (Mistakes.Count == before)
            {
                Note(recipient!);
                continue;
            }

            _mistaken[Mistakes[^1].Code] = _mistaken.GetValueOrDefault(Mistakes[^1].Code) + 1;
            if (Mistakes.Count > RecipientList.MistakesMax)
            {
                Mistakes.RemoveAt(Mistakes.Count - 1);
            }

            before = Mistakes.Count;
        }

        Listed = list.Count;
        return true;
    }

    private void Note(BulkRecipient recipient)
    {
        _ = Recipient.TryRead(recipient.To, out var person);
        var market = person.Phone is { } digits ? card.MarketOf(digits)?.Market ?? "" : "";
        _byMarket[market] = _byMarket.GetValueOrDefault(market) + 1;
        if (Usable++ % _every != 0)
        {
            return;
        }

        _sample.Add(person);
        if (_sample.Count > SampleMax)
        {
            // Half of them stay, and from now on half as many come.
            for (var i = 0; i < _sample.Count / 2; i++)
            {
                _sample[i] = _sample[2 * i];
            }

            _sample.RemoveRange(_sample.Count / 2, _sample.Count - (_sample.Count / 2));
            _every *= 2;
        }
    }
}
