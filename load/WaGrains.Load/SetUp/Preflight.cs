using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using WaGrains.Load.Options;

namespace WaGrains.Load.SetUp;

/// <summary>
/// One empty, signed webhook before the load: a wrong app or secret is told once, not half a million times.
/// </summary>
internal static class Preflight
{
    private static readonly byte[] Empty = """{"object":"whatsapp_business_account","entry":[]}"""u8.ToArray();

    /// <summary>Posts it.</summary>
    /// <exception cref="SetUpException">The host does not answer 200; the text names the settings to look
    /// at.</exception>
    public static async Task Check(HttpClient http, LoadOptions options, CancellationToken stop)
    {
        var path = $"/webhooks/whatsapp/{options.App}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Empty) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Secret), Empty);
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(hash)}");
        try
        {
            using var response = await http.SendAsync(request, stop);
            if ((int)response.StatusCode != 200)
            {
                throw new SetUpException(
                    $"POST {path} answered {(int)response.StatusCode}: the host needs "
                    + $"WAGRAINS__Apps__{options.App}__AppSecret (the --secret) "
                    + $"and __Tenant={options.Tenant}; see load/README.md.");
            }
        }
        catch (HttpRequestException failure)
        {
            throw new SetUpException($"POST {path} failed: {failure.Message}", failure);
        }
    }
}
