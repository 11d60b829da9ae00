using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Desk;

/// <summary>A template message to somebody who has never written.</summary>
internal static class Notice
{
    /// <summary>A notice to one of many people.</summary>
    /// <param name="world">Where.</param>
    /// <param name="person">Which person, 0 to 999,999.</param>
    public static SendMessage To(SimWorld world, int person) => new(
        MessageId.New(world.Clock.Now, (UInt128)(person + 1)),
        new TemplateContent(
            "order_ready", "en_US", TemplateCategory.Utility, [], [new TextParameter($"{person}", null)], []),
        Lane.Utility,
        null,
        null,
        null,
        new Recipient($"34600{person:D6}", null),
        null);
}
