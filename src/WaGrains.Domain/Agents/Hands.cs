using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Agents;

/// <summary>What is in an agent's hands: conversations it holds, and offers it has accepted that are not answered yet.
/// Both are load.</summary>
public sealed class Hands
{
    private readonly SortedDictionary<ConversationId, long> _held = [];
    private readonly SortedDictionary<ConversationId, OfferConversation> _offers = [];
    private long _sequence;

    /// <summary>How many conversations are in its hands.</summary>
    public int Load => _held.Count + _offers.Keys.Count(conversation => !_held.ContainsKey(conversation));

    /// <summary>What it holds.</summary>
    public IEnumerable<ConversationId> Held => _held.Keys;

    /// <summary>What it holds, each under the offer by which it came.</summary>
    public IEnumerable<KeyValuePair<ConversationId, long>> HeldOffers => _held;

    /// <summary>What it has accepted.</summary>
    public IEnumerable<OfferConversation> Offers => _offers.Values;

    /// <summary>Puts a held conversation into its hands: from its row.</summary>
    public void Hold(ConversationId conversation, long offer) => _held[conversation] = offer;

    /// <summary>Accepts an offer.</summary>
    public void Open(OfferConversation offer) => _offers[offer.Conversation] = offer;

    /// <summary>Whether this very offer is in its hands, open or confirmed.</summary>
    public bool Has(ConversationId conversation, long offer) =>
        (_offers.TryGetValue(conversation, out var open) && open.Offer == offer)
        || (_held.TryGetValue(conversation, out var held) && held == offer);

    /// <summary>Whether a newer offer of this conversation is in its hands: the one at hand came late.</summary>
    public bool IsPast(ConversationId conversation, long offer) =>
        (_offers.TryGetValue(conversation, out var open) && open.Offer > offer)
        || (_held.TryGetValue(conversation, out var held) && held > offer);

    /// <summary>Whether taking this conversation adds no load.</summary>
    public bool Holds(ConversationId conversation) =>
        _held.ContainsKey(conversation) || _offers.ContainsKey(conversation);

    /// <summary>The conversation confirms an open offer; false where none is open.</summary>
    public bool Confirm(ConversationId conversation, long offer)
    {
        if (!_offers.TryGetValue(conversation, out var open) || open.Offer != offer)
        {
            return false;
        }

        _offers.Remove(conversation);
        _held[conversation] = Math.Max(offer, _held.GetValueOrDefault(conversation));
        return true;
    }

    /// <summary>The conversation voids an open offer; null where none is open.</summary>
    public OfferConversation? Void(ConversationId conversation, long offer)
    {
        if (!_offers.TryGetValue(conversation, out var open) || open.Offer != offer)
        {
            return null;
        }

        _offers.Remove(conversation);
        return open;
    }

    /// <summary>The conversation says that it is not held under this offer; false where it was not believed to
    /// be.</summary>
    public bool LetGo(ConversationId conversation, long offer) =>
        _held.TryGetValue(conversation, out var held) && held == offer && _held.Remove(conversation);

    /// <summary>The conversation has left; the numbers of the offers that close with it are returned.</summary>
    public IReadOnlyList<long> Release(ConversationId conversation, long offer)
    {
        if (_held.TryGetValue(conversation, out var held) && held <= offer)
        {
            _held.Remove(conversation);
        }

        if (_offers.TryGetValue(conversation, out var open) && open.Offer <= offer)
        {
            _offers.Remove(conversation);
            return [open.Offer];
        }

        return [];
    }

    /// <summary>The number of the next standing: later than every earlier one, also of activations before
    /// this.</summary>
    /// <param name="version">The record's: it rises over all activations on all silos, whose clocks may differ.</param>
    internal long NextSequence(long version) => _sequence = Math.Max(_sequence + 1, version << 20);
}
