using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Turns;

namespace WaGrains.Host.Ids;

/// <summary>
/// New ids: the present time, then chance. What is created under an idempotency key gets its id from that key instead,
/// so that a repeat finds what
/// the first call made although the owner's answer does not name it.
/// </summary>
public sealed class IdSource(TimeProvider clock)
{
    private const int ChanceBits = 21;

    /// <summary>An id for a message that is about to be queued.</summary>
    public MessageId NewMessage()
    {
        Span<byte> chance = stackalloc byte[16];
        RandomNumberGenerator.Fill(chance);
        return MessageId.New(clock.GetUtcNow(), BinaryPrimitives.ReadUInt128BigEndian(chance));
    }

    /// <summary>An id for a number that comes under a tenant's control.</summary>
    public PhoneNumberId NewNumber(TenantId tenant, IdempotencyKey? key) => new(New(tenant, key));

    /// <summary>An id for an agent.</summary>
    public AgentId NewAgent(TenantId tenant, IdempotencyKey? key) => new(New(tenant, key));

    /// <summary>An id for a team.</summary>
    public TeamId NewTeam(TenantId tenant, IdempotencyKey? key) => new(New(tenant, key));

    /// <summary>An id for a bulk send: always by time, for they are listed by it.</summary>
    public BulkSendId NewBulkSend() => new(Timely());

    /// <summary>An id for a person who writes, or is written to, for the first time.</summary>
    public ContactId NewContact() => new(Timely());

    /// <summary>An id for one HTTP request, for logs and support.</summary>
    public string NewRequest()
    {
        Span<byte> chance = stackalloc byte[12];
        RandomNumberGenerator.Fill(chance);
        return "req_" + Convert.ToHexStringLower(chance);
    }

    private ulong New(TenantId tenant, IdempotencyKey? key)
    {
        if (key is null)
        {
            return Timely();
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\n{key.Key}\n{key.BodyHash:x32}"));
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private ulong Timely() =>
        ((ulong)clock.GetUtcNow().ToUnixTimeMilliseconds() << ChanceBits)
            | (uint)RandomNumberGenerator.GetInt32(1 << ChanceBits);
}
