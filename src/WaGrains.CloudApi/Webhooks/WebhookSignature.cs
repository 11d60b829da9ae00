using System.Buffers;
using System.Security.Cryptography;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>
/// Whether a webhook body comes from Meta: HMAC-SHA256 over the raw bytes with the app's secret, in
/// <c>X-Hub-Signature-256</c> (webhooks
/// overview, 2026-04-29). To be asked before anything in the body is believed or even parsed.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header that carries the signature.</summary>
    public const string HeaderName = "X-Hub-Signature-256";

    private const string Scheme = "sha256=";

    /// <summary>
    /// Whether the header signs exactly these bytes with this secret; false for an empty secret or a header of another
    /// form.
    /// </summary>
    /// <param name="body">The body as received, before any decoding.</param>
    /// <param name="header">The header's value, <c>sha256=</c> and 64 hex digits; null when absent.</param>
    /// <param name="secret">The app secret, which belongs to the URL the body came to, never to what it says.</param>
    public static bool IsValid(ReadOnlySpan<byte> body, string? header, ReadOnlySpan<byte> secret)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (secret.IsEmpty || header is null
            || header.Length != Scheme.Length + (2 * HMACSHA256.HashSizeInBytes)
            || !header.StartsWith(Scheme, StringComparison.Ordinal)
            || Convert.FromHexString(header.AsSpan(Scheme.Length), given, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        Span<byte> computed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, body, computed);
        return CryptographicOperations.FixedTimeEquals(given, computed);
    }
}
