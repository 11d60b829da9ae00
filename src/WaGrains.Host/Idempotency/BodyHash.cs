using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WaGrains.Host.Idempotency;

/// <summary>What was asked, as a hash of method, path and body: the same key with another one is refused.</summary>
internal sealed class BodyHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public BodyHash(HttpRequest request) =>
        _hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));

    /// <summary>The next bytes of the body.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>The hash of everything; asked once.</summary>
    public UInt128 Value() => BinaryPrimitives.ReadUInt128BigEndian(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
