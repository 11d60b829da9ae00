using WaGrains.Domain.Agents;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Desk;

/// <summary>The people and systems of one tenant: agents who answer, close and hand over what they hold; systems that
/// send on their own account.</summary>
internal sealed class SimDesk
{
    /// <summary>An agent's order given in the storm may wait out an outage and act in the calm, after the word that
    /// everybody is there; by then the last of them has acted or been refused.</summary>
    private static readonly TimeSpan LastOrderWithin = TimeSpan.FromMinutes(2);

    private readonly SimWorld _world;
    private readonly SimTenant _tenant;
    private readonly Dice _dice;
    private readonly Clerk _clerk;
    private int _texts;
    private int _keys;

    private SimDesk(SimWorld world, SimTenant tenant)
    {
        (_world, _tenant) = (world, tenant);
        _dice = Dice.For(world.Plan.Seed, 60 + tenant.Id.Value.Length);
        _clerk = new Clerk(world);
    }

    public static void Begin(SimWorld world)
    {
        foreach (var tenant in world.Tenants)
        {
            var desk = new SimDesk(world, tenant);
            foreach (var agent in tenant.Agents)
            {
                desk.Later(() => desk.Act(agent));
            }

            desk.Later(desk.Send);
            world.After(world.Plan.Storm, desk.EverybodyIsThere);
            world.After(world.Plan.Storm + LastOrderWithin, desk.EverybodyIsThere);
        }
    }

    private void Later(Action deed) => _world.After(_dice.Exponential(_world.Plan.DeskSeconds), () =>
    {
        if (_world.IsStormy)
        {
            deed();
            Later(deed);
        }
    });

    /// <summary>In the calm everybody is at work, so that whoever waits can be served.</summary>
    private void EverybodyIsThere()
    {
        foreach (var agent in _tenant.Agents)
        {
            _clerk.Insist(OwnerKey.Of(_tenant.Id, agent.Id), new SetPresence(Presence.Available, Requeue: false));
        }
    }

    private void Act(SimAgent agent)
    {
        if (_dice.Happens(0.08))
        {
            var presence = (Presence)_dice.Below(3);
            _clerk.Give(OwnerKey.Of(_tenant.Id, agent.Id), new SetPresence(presence, _dice.Happens(0.5)), null);
            return;
        }

        var stored = _world.Store.Reads.Agent(_tenant.Id, agent.Id, CancellationToken.None).Now();
        if (stored is not { Held.Count: > 0 })
        {
            return;
        }

        var conversation = OwnerKey.Of(_tenant.Id, _dice.Pick(stored.Held).Conversation);
        var key = _dice.Happens(0.7) ? Key() : null;
        OwnerMessage deed = _dice.Below(20) switch
        {
            < 11 => Text(agent, conversation, key),
            < 16 => new CloseConversation(agent.Id, key),
            < 18 => new AssignConversation(_dice.Pick(_tenant.Agents).Id, null, key),
            _ => new AssignConversation(null, _dice.Pick(_tenant.Teams), key),
        };
        _clerk.Give(conversation, deed, key);
    }

    private SendMessage Text(SimAgent agent, OwnerKey conversation, IdempotencyKey? key)
    {
        var words = _dice.Happens(0.05) ? "the secret gold" : $"Answer {++_texts}";
        return new SendMessage(
            Fresh(), new TextContent(words, false), Lane.Reply,
            _world.Store.Ledger.Newest.GetValueOrDefault(conversation),
            agent.Id, null, null, key);
    }

    /// <summary>A system of the tenant sends: mostly templates, some texts into windows that may be closed, some keys
    /// twice.</summary>
    private void Send()
    {
        var known = _world.Store.Ledger.Conversations.Keys.Where(each => each.Tenant == _tenant.Id).ToList();
        if (known.Count == 0)
        {
            return;
        }

        var conversation = _dice.Pick(known);
        var key = Key();
        MessageContent content = _dice.Happens(0.7)
            ? new TemplateContent(
                "order_ready", "en_US", TemplateCategory.Utility, [], [new TextParameter($"number {++_texts}", null)],
                [])
            : new TextContent($"Notice {++_texts}", false);
        var send = new SendMessage(
            Fresh(), content, content is TemplateContent ? Lane.Utility : Lane.Reply, null, null,
            _dice.Happens(0.1) ? _world.Clock.Now.AddSeconds(20) : null, null, key);
        _clerk.Give(conversation, send, key);
        if (_dice.Happens(0.3))
        {
            _world.After(_dice.Seconds(0, 2), () => _clerk.Give(conversation, send with { Id = Fresh() }, key));
        }

        if (_dice.Happens(0.1))
        {
            _world.After(_dice.Seconds(0, 5), () =>
                _clerk.Give(OwnerKey.Of(_tenant.Id, conversation.Conversation.Number), new CancelSend(send.Id), null));
        }
    }

    private MessageId Fresh() => MessageId.New(_world.Clock.Now, _dice.WideBits());

    private IdempotencyKey Key() => new($"key-{_tenant.Id}-{++_keys}", 1);
}
