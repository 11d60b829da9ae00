using WaGrains.CloudApi.Webhooks;

namespace WaGrains.CloudApi.Tests.Webhooks;

public sealed class WebhookFuzzTests
{
    private const int MutationsPerGolden = 400;

    public static TheoryData<string> Names => [.. GoldenFiles.Webhooks()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_truncation_is_malformed_and_nothing_worse(string name)
    {
        var body = GoldenFiles.Webhook(name);
        for (var length = 0; length < body.Length; length++)
        {
            var batch = WebhookReader.Read(body.AsMemory(0, length));
            Assert.True(batch.IsMalformed, $"golden={name} length={length}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mutations_never_throw(string name)
    {
        var body = GoldenFiles.Webhook(name);
        for (var seed = 0; seed < MutationsPerGolden; seed++)
        {
            var mutant = Mutate(body, new Random(seed));
            var failure = Record.Exception(() => BatchText.Of(WebhookReader.Read(mutant)));
            Assert.True(failure is null, $"golden={name} seed={seed} {failure}");
        }
    }

    private static byte[] Mutate(byte[] body, Random chance)
    {
        var mutant = body.ToList();
        for (var change = chance.Next(1, 6); change > 0; change--)
        {
            var at = chance.Next(mutant.Count);
            var length = Math.Min(chance.Next(1, 24), mutant.Count - at);
            switch (chance.Next(5))
            {
                case 0:
                    mutant[at] = (byte)chance.Next(256);
                    break;
                case 1:
                    mutant.RemoveRange(at, length);
                    break;
                case 2:
                    mutant.InsertRange(chance.Next(mutant.Count), mutant.GetRange(at, length));
                    break;
                case 3:
                    mutant[at] = "\"{}[]:,\\u019nt"u8[chance.Next(14)];
                    break;
                default:
                    Swap(mutant, chance);
                    break;
            }

            if (mutant.Count == 0)
            {
                break;
            }
        }

        return [.. mutant];
    }

    /// <summary>Puts one string, number or word in another's place, which mostly stays JSON.</summary>
    private static void Swap(List<byte> mutant, Random chance)
    {
        byte[][] values =
        [
            "null"u8.ToArray(), "7"u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(), "true"u8.ToArray(),
            "\"\\ud800\""u8.ToArray(), "\"\""u8.ToArray(), "[[{}]]"u8.ToArray(), "1e400"u8.ToArray(),
            "\"99999999999999999999\""u8.ToArray(), "{\"a\":1,\"a\":{}}"u8.ToArray(),
        ];
        var colon = mutant.IndexOf((byte)':', chance.Next(mutant.Count));
        if (colon < 0 || colon + 1 >= mutant.Count)
        {
            return;
        }

        var end = End(mutant, colon + 1);
        mutant.RemoveRange(colon + 1, end - colon - 1);
        mutant.InsertRange(colon + 1, values[chance.Next(values.Length)]);
    }

    private static int End(List<byte> mutant, int start)
    {
        var depth = 0;
        var quoted = false;
        for (var i = start; i < mutant.Count; i++)
        {
            var letter = (char)mutant[i];
            quoted ^= letter == '"' && (i == start || mutant[i - 1] != (byte)'\\');
            depth += quoted ? 0 : letter is '{' or '[' ? 1 : letter is '}' or ']' ? -1 : 0;
            if (!quoted && (depth < 0 || (depth == 0 && letter == ',')))
            {
                return i;
            }
        }

        return mutant.Count;
    }
}
