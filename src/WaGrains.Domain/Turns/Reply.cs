using System.Text.Json.Serialization;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Portfolios;
using WaGrains.Domain.Tenants;

namespace WaGrains.Domain.Turns;

/// <summary>What the caller of an owner is told once the turn is durable. Kept with idempotency keys, so each case has
/// a stable name.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(Done), "done.v1")]
[JsonDerivedType(typeof(Refused), "refused.v1")]
[JsonDerivedType(typeof(SendReceipt), "send_receipt.v1")]
[JsonDerivedType(typeof(Moved), "moved.v1")]
[JsonDerivedType(typeof(PaceReport), "pace_report.v1")]
[JsonDerivedType(typeof(ConversationView), "conversation_view.v1")]
[JsonDerivedType(typeof(TenantView), "tenant_view.v1")]
[JsonDerivedType(typeof(BulkSendView), "bulk_send_view.v1")]
[JsonDerivedType(typeof(BulkRoom), "bulk_room.v1")]
[JsonDerivedType(typeof(PortfolioView), "portfolio_view.v1")]
public abstract record Reply;

/// <summary>It is done, or there was nothing to do.</summary>
public sealed record Done : Reply
{
    /// <summary>The one instance worth having.</summary>
    public static readonly Done Reply = new();
}

/// <summary>It was not done, for a reason the caller can act on.</summary>
public sealed record Refused(Refusal Refusal) : Reply;

/// <summary>The owner goes by another address for ever (a merged conversation): ask there.</summary>
public sealed record Moved(Ids.OwnerKey To) : Reply;

/// <summary>A refusal: a value, never an exception.</summary>
/// <param name="Code">Stable snake_case code, the same in the API for ever; see <see cref="Refusals"/>.</param>
/// <param name="Detail">A sentence for people; never a customer's words.</param>
/// <param name="RetryAfter">When trying again may help; null where it will not by itself.</param>
public sealed record Refusal(string Code, string Detail, TimeSpan? RetryAfter = null);
