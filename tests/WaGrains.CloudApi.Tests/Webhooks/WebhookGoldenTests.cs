using WaGrains.CloudApi.Webhooks;

namespace WaGrains.CloudApi.Tests.Webhooks;

public sealed class WebhookGoldenTests
{
    public static TheoryData<string> Names => [.. GoldenFiles.Webhooks()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_documented_webhook_reads_as_expected(string name) =>
        GoldenFiles.Check(
            "webhooks", $"{name}.expected", BatchText.Of(WebhookReader.Read(GoldenFiles.Webhook(name))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Indented_bodies_mean_the_same(string name)
    {
        var tight = WebhookReader.Read(GoldenFiles.Webhook(name));
        var loose = WebhookReader.Read(Indented(GoldenFiles.Webhook(name)));
        Assert.Equal(tight.Items.Select(item => item.GetType()), loose.Items.Select(item => item.GetType()));
        Assert.Equal(
            tight.Items.OfType<InboundItem>().Select(item => item.Message with { Payload = default }),
            loose.Items.OfType<InboundItem>().Select(item => item.Message with { Payload = default }));
    }

    /// <summary>A line break after every comma, colon and brace outside strings.</summary>
    private static byte[] Indented(byte[] body)
    {
        var loose = new List<byte>();
        var (quoted, escaped) = (false, false);
        foreach (var letter in body)
        {
            loose.Add(letter);
            quoted = letter == (byte)'"' && !escaped ? !quoted : quoted;
            escaped = letter == (byte)'\\' && !escaped;
            if (!quoted && ",:{}[]"u8.Contains(letter))
            {
                loose.AddRange("\n  "u8);
            }
        }

        return [.. loose];
    }
}
