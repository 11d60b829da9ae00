using System.Text;
using WaGrains.CloudApi.Webhooks;

namespace WaGrains.CloudApi.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Plain = """{"object":"whatsapp_business_account","entry":[]}""";
    private const string PlainSignature = "c84a394cc475525991e78ff16e430b02e47f953877d2af0ade26956ce6f384dc";
    private static readonly byte[] Secret = "test-app-secret"u8.ToArray();

    [Theory]
    [InlineData(Plain, PlainSignature)]
    [InlineData(
        """{"t":"caf\u00e9 \ud83d\ude00 a\/b"}""",
        "5d67889178ad9498bea3dac2b9cc761fd502ec923d135827e48692eee4b8ef92")]
    public void Known_vectors_are_valid(string body, string signature) =>
        Assert.True(WebhookSignature.IsValid(Encoding.UTF8.GetBytes(body), $"sha256={signature}", Secret));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData(PlainSignature)]
    [InlineData("sha1=c84a394cc475525991e78ff16e430b02e47f9538")]
    [InlineData("sha256=c84a394cc475525991e78ff16e430b02e47f953877d2af0ade26956ce6f384dd")]
    [InlineData("sha256=c84a394cc475525991e78ff16e430b02e47f953877d2af0ade26956ce6f384d")]
    [InlineData("sha256=z84a394cc475525991e78ff16e430b02e47f953877d2af0ade26956ce6f384dc")]
    [InlineData("sha256=c84a394cc475525991e78ff16e430b02e47f953877d2af0ade26956ce6f384dc00")]
    public void Any_other_header_is_invalid(string? header) =>
        Assert.False(WebhookSignature.IsValid(Encoding.UTF8.GetBytes(Plain), header, Secret));

    [Fact]
    public void Every_changed_byte_of_the_body_is_noticed()
    {
        var body = Encoding.UTF8.GetBytes(Plain);
        for (var i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            Assert.False(WebhookSignature.IsValid(body, $"sha256={PlainSignature}", Secret), $"byte {i}");
            body[i] ^= 1;
        }
    }

    [Fact]
    public void Empty_secret_signs_nothing() =>
        Assert.False(WebhookSignature.IsValid(
            ReadOnlySpan<byte>.Empty,
            "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
            ReadOnlySpan<byte>.Empty));

    [Fact]
    public void Checking_allocates_nothing()
    {
        var body = Encoding.UTF8.GetBytes(Plain);
        const string Header = $"sha256={PlainSignature}";
        WebhookSignature.IsValid(body, Header, Secret);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var valid = WebhookSignature.IsValid(body, Header, Secret);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(valid);
        Assert.Equal(0, allocated);
    }
}
