using System.Security.Cryptography;
using System.Text;

namespace WaGrains.Sandbox.Webhooks;

/// <summary>HMAC-SHA256 over the raw body with the app's secret (facts 3.2).</summary>
internal sealed class WebhookSignature(string appSecret)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(appSecret);

    public string Of(ReadOnlySpan<byte> body) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(_key, body))}";
}
