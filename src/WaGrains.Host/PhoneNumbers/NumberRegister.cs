using Microsoft.AspNetCore.Http.HttpResults;
using WaGrains.CloudApi.Sending;
using WaGrains.Domain.Errors;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Messaging;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Engine.Commits;
using WaGrains.Host.Access;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Problems;
using WaGrains.Host.Sending;

namespace WaGrains.Host.PhoneNumbers;

/// <summary>
/// What must be known of a number before its owner is told of it: that the token is good for it, and that nobody else
/// has it.
/// </summary>
internal sealed class NumberRegister(IStore store, GraphNumberReader graph, TokenVault vault, Commands commands)
{
    /// <summary>When Meta could not be asked, trying again is worth while after this.</summary>
    private static readonly TimeSpan AskMetaAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>Why the tenant cannot have this number; null if it can.</summary>
    public async ValueTask<ProblemHttpResult?> Taken(TenantId tenant, string phoneNumberId, CancellationToken cancel) =>
        await store.Reads.NumberByMetaId(phoneNumberId, cancel) is not { } known ? null
            : known.Tenant == tenant ? Problem.At("phone_number_id", ProblemCodes.AlreadyExists, $"It is {known.Id}.")
            : Problem.At("phone_number_id", ProblemCodes.NumberTaken, "Another tenant serves this number.");

    /// <summary>The number by Meta's own account, read with the token; or why it was not proven.</summary>
    public async Task<(GraphNumber? Number, ProblemHttpResult? Problem)> Prove(
        string phoneNumberId, string token, CancellationToken cancel)
    {
        var reading = await graph.Read(phoneNumberId, token, cancel);
        return reading.Number is { } number ? (number, null)
            : IsWorthAskingAgain(reading.Failure)
                ? (null, Problem.Of(ProblemCodes.Unavailable, "Meta could not be asked.", AskMetaAgainAfter))
                : (null, Problem.Of("access_token", "invalid", "Meta does not show this number to this token."));
    }

    private static bool IsWorthAskingAgain(SendOutcome? failure) => failure?.Kind switch
    {
        SendOutcomeKind.NotSent or SendOutcomeKind.Unknown => true,
        SendOutcomeKind.Refused => ErrorTable.Of(failure.Error!).Message == MessageFate.Retried,
        SendOutcomeKind.Accepted or null => false,
    };

    /// <summary>
    /// The settings of a number as asked for, with the token sealed and the team known; or what is wrong.
    /// </summary>
    public async ValueTask<(PhoneNumberSettings? Settings, ProblemHttpResult? Problem)> Settings(
        Caller caller, NumberRequest request, PhoneNumberSettings before, CancellationToken cancel)
    {
        if (request.TeamId is { } team && await store.Reads.Team(caller.Tenant, team, cancel) is null)
        {
            return (null, Problem.At("team_id", ProblemCodes.NotFound, "There is no such team."));
        }

        var settings = request.Over(before);
        return request.AccessToken is { } token
            ? (settings with { SealedToken = vault.Seal(token) }, null)
            : (settings, null);
    }

    /// <summary>Tells the number's portfolio the limit that Meta has shown with the number; a word that is not known
    /// changes nothing.</summary>
    public async Task TellLimit(
        Caller caller, GraphNumber? proven, PhoneNumberSettings settings, CancellationToken cancel)
    {
        if (MessagingLimit.Read(proven?.MessagingLimit) is { } limit && settings.Portfolio is { } portfolio)
        {
            await commands.Ask(
                OwnerKey.Of(caller.Tenant, portfolio), new SetMessagingLimit(limit, "number_read", null), null, cancel);
        }
    }

    /// <summary>Tells the number's owner and reads how it stands then.</summary>
    public async Task<(NumberResource? Number, ProblemHttpResult? Problem)> Tell(
        Caller caller, PhoneNumberId id, PhoneNumberMessage message, Command command, CancellationToken cancel)
    {
        var reply = await commands.Ask(OwnerKey.Of(caller.Tenant, id), message, command.Key, cancel);
        return reply.Refuses(out var refusal)
            ? (null, refusal)
            : (NumberResource.Of((await Find(caller, id, cancel))!), null);
    }

    /// <summary>The number's row; null if the tenant has none such.</summary>
    public ValueTask<PhoneNumberState?> Find(Caller caller, PhoneNumberId id, CancellationToken cancel) =>
        store.Reads.NumberState(caller.Tenant, id, cancel);
}
