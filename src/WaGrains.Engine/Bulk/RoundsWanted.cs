using System.Threading.Channels;
using WaGrains.Domain.Ids;

namespace WaGrains.Engine.Bulk;

/// <summary>
/// Which bulk sends want a round. A send waits at most once and is at work at most once: one that is asked for while
/// its round is under way gets the next one after it. Two rounds of a send at once would give the same recipients to
/// different numbers, and most of both would be refused by the store. For any threads.
/// </summary>
public sealed class RoundsWanted
{
    private readonly Lock _gate = new();
    private readonly Dictionary<OwnerKey, Place> _places = [];

    // Each send waits at most once, so the channel holds no more than there are sends.
    private readonly Channel<OwnerKey> _waiting = Channel.CreateUnbounded<OwnerKey>();

    private enum Place
    {
        Waits,
        AtWork,
        AtWorkAndAsked,
    }

    /// <summary>Asks for a round of a send.</summary>
    public void Ask(OwnerKey send)
    {
        lock (_gate)
        {
            if (_places.TryGetValue(send, out var place))
            {
                _places[send] = place == Place.Waits ? Place.Waits : Place.AtWorkAndAsked;
                return;
            }

            Queue(send);
        }
    }

    /// <summary>The next send whose round is to be run; <see cref="Done"/> must follow.</summary>
    public async ValueTask<OwnerKey> Next(CancellationToken cancel)
    {
        var send = await _waiting.Reader.ReadAsync(cancel);
        lock (_gate)
        {
            _places[send] = Place.AtWork;
        }

        return send;
    }

    /// <summary>The round is over, however it went.</summary>
    public void Done(OwnerKey send)
    {
        lock (_gate)
        {
            if (_places[send] == Place.AtWorkAndAsked)
            {
                Queue(send);
            }
            else
            {
                _places.Remove(send);
            }
        }
    }

    private void Queue(OwnerKey send)
    {
        _places[send] = Place.Waits;
        _waiting.Writer.TryWrite(send);
    }
}
