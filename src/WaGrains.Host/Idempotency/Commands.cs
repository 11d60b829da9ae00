using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Idempotency;

/// <summary>
/// Gives commands to owners so that a caller's key acts once: what was answered under it is answered again, refusals
/// too. Two calls that race meet
/// in the commit, where the second finds the key taken; it then finds the answer here.
/// </summary>
internal sealed class Commands(IOwners owners, IStore store, TimeProvider clock, IHttpContextAccessor http)
{
    private const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>How long an answer is kept under its key.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private static readonly Refused Reused = new(new Refusal(
        ProblemCodes.KeyReused.Code, "This Idempotency-Key came with another method, path or body."));

    /// <summary>The owner's answer, or the one its key was given before.</summary>
    /// <exception cref="OwnerUnavailableException">No answer can be had now.</exception>
    public async Task<Reply> Ask(OwnerKey owner, OwnerMessage message, IdempotencyKey? key, CancellationToken cancel)
    {
        if (await Kept(owner.Tenant, key, cancel) is { } kept)
        {
            return kept;
        }

        try
        {
            return await owners.Ask(owner, message, cancel);
        }
        catch (OwnerUnavailableException) when (key is not null)
        {
            if (await Kept(owner.Tenant, key, cancel) is { } raced)
            {
                return raced;
            }

            throw;
        }
    }

    /// <summary>What was answered under this key; null where it is new, or there is none.</summary>
    public async ValueTask<Reply?> Kept(TenantId tenant, IdempotencyKey? key, CancellationToken cancel)
    {
        if (key is null
            || await store.Reads.Idempotency(tenant, key.Key, clock.GetUtcNow() - KeptFor, cancel) is not { } kept)
        {
            return null;
        }

        if (kept.BodyHash != key.BodyHash)
        {
            return Reused;
        }

        http.HttpContext!.Response.Headers[ReplayedHeader] = "true";
        return kept.Answer;
    }
}
