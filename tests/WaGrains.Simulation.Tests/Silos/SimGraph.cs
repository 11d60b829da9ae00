using System.Buffers;
using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Turns;
using WaGrains.Engine;
using WaGrains.Engine.Effects;
using WaGrains.Engine.Intake;
using WaGrains.Simulation.Tests.Meta;
using WaGrains.Simulation.Tests.World;

namespace WaGrains.Simulation.Tests.Silos;

/// <summary>Calls to Meta: the real body goes to the sandbox, the real reader reads its answer; the wire between fails
/// as wires do.</summary>
internal sealed class SimGraph(SimWorld world, SimLife life, SimNetwork network) : IGraphCalls
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly Dice _dice = Dice.For(world.Plan.Seed, 10_000 + (int)life.Generation);

    private readonly Dictionary<OwnerKey, SendToGraph> _newest = [];

    public void Start(SendToGraph send, long commitStartedAt)
    {
        if (world.Plan.Sabotage == Sabotage.AnswerBeforeArrival && _dice.Happens(0.2))
        {
            Tell(send, SendOutcome.Accepted($"wamid.early.{send.Message}", null));
            life.After(_dice.Seconds(10, 60), () => Post(send));
            return;
        }

        var late = world.IsStormy && _dice.Happens(world.Plan.LateStart);
        var slot = send.NotBefore is { } at && at > life.Clock.Now ? at - life.Clock.Now : TimeSpan.Zero;
        life.After(
            slot + (late ? _dice.Seconds(0.5, 3) : _dice.Seconds(0.0005, 0.005)), () => Begin(send, commitStartedAt));
    }

    /// <summary>A number has left this silo. What of it is under way ends here, and nowhere else.</summary>
    public void Moved(OwnerKey owner)
    {
        if (world.Plan.Sabotage == Sabotage.SendAgainAfterMove && _newest.GetValueOrDefault(owner) is { } send)
        {
            Post(send);
        }
    }

    private bool IsLate(long commitStartedAt) => world.Plan.Sabotage != Sabotage.StartLate
        && life.Clock.GetElapsedTime(commitStartedAt) > Limits.AttemptStartsWithin;

    private void Begin(SendToGraph send, long commitStartedAt)
    {
        if (IsLate(commitStartedAt))
        {
            Tell(send, SendOutcome.NotSent("fence_expired"));
        }
        else if (world.IsStormy && _dice.Happens(world.Plan.NoConnection))
        {
            life.After(_dice.Seconds(0.01, 3), () => Tell(send, SendOutcome.NotSent("no_connection")));
        }
        else
        {
            if (send.LateAt(life.Clock.Now) is { } late)
            {
                network.CarryOwn(new Tell(send.Number, late));
            }

            Post(send);
        }
    }

    private void Post(SendToGraph send)
    {
        var tenant = world.Tenants.Single(each => each.Id == send.Number.Tenant);
        var body = new ArrayBufferWriter<byte>();
        var callback = new CallbackData(send.Number.Tenant, send.Conversation, send.Message, send.Attempt).ToString();
        GraphPayload.Write(
            body,
            send.To,
            send.Content,
            send.ContextWamid,
            world.Plan.Sabotage == Sabotage.OmitCallback ? null : callback);
        var response = tenant.Sandbox.Post(world.Clock.Now, send.PhoneNumberId, SimTenant.Token, body.WrittenSpan);
        var outcome = GraphAnswer.Read(response.Status, response.Body);
        world.Trace.Add("post", send.Message.Value, (long)outcome.Kind);
        world.Trace.Line($"post {send.Number} {send.Message} attempt {send.Attempt} {outcome}");
        _newest[send.Number] = send;
        world.Each(checker => checker.Posted(new GraphPost(send, world.Clock.Now, outcome, life.OutvotedAt)));
        world.Meta.Step(tenant);
        var isLost = response.AnswerLost || (world.IsStormy && _dice.Happens(world.Plan.AnswerLost));
        Answer(send, outcome, isLost, response.NeverAnswered);
    }

    private void Answer(SendToGraph send, SendOutcome outcome, bool isLost, bool isHanging)
    {
        if (!isLost)
        {
            life.After(_dice.Seconds(0.01, _dice.Happens(0.05) ? 5 : 0.2), () => Tell(send, outcome));
            return;
        }

        var doubt = world.Plan.Sabotage == Sabotage.ResendUnknown
            ? SendOutcome.NotSent("connection_lost")
            : SendOutcome.InDoubt("answer_timeout");
        life.After(isHanging || _dice.Happens(0.5) ? AnswerTimeout : _dice.Seconds(0.01, 1), () => Tell(send, doubt));
    }

    private void Tell(SendToGraph send, SendOutcome outcome) =>
        network.CarryOwn(new Tell(send.Number, new SendCompleted(send.Message, send.Attempt, outcome)));
}
