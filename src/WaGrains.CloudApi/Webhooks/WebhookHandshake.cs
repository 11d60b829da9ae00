using System.Security.Cryptography;
using System.Text;

namespace WaGrains.CloudApi.Webhooks;

/// <summary>Meta's GET that asks whether a callback URL is ours (create a webhook endpoint, 2026-04-21).</summary>
public static class WebhookHandshake
{
    /// <summary>Longer challenges are refused: the answer repeats it, and Meta's have about ten digits.</summary>
    private const int ChallengeLengthMax = 256;

    /// <summary>The whole body of the 200 to answer, or null: answer 403.</summary>
    /// <param name="mode">The query's <c>hub.mode</c>.</param>
    /// <param name="challenge">The query's <c>hub.challenge</c>.</param>
    /// <param name="verifyToken">The query's <c>hub.verify_token</c>.</param>
    /// <param name="expectedToken">What the app of this URL was set up with; an empty one never verifies.</param>
    public static string? Verify(string? mode, string? challenge, string? verifyToken, string expectedToken)
    {
        if (mode != "subscribe" || verifyToken is null || expectedToken.Length == 0
            || challenge is not { Length: > 0 and <= ChallengeLengthMax })
        {
            return null;
        }

        var same = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(verifyToken), Encoding.UTF8.GetBytes(expectedToken));
        return same ? challenge : null;
    }
}
