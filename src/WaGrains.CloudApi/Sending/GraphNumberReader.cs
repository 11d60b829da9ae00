using System.Text.Json;
using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>
/// A business number as Meta describes it to the holder of a token. Words of Meta are kept as they are; null where it
/// told none.
/// </summary>
/// <param name="PhoneNumberId">Meta's id.</param>
/// <param name="DisplayPhoneNumber">For people; the form varies.</param>
/// <param name="VerifiedName">The business name shown to customers.</param>
/// <param name="Status">CONNECTED can send; the other words mean not, or not yet.</param>
/// <param name="QualityRating">GREEN, YELLOW, RED or UNKNOWN.</param>
/// <param name="ThroughputLevel">STANDARD (80 per second), HIGH (1,000) or NOT_APPLICABLE.</param>
/// <param name="MessagingLimit">The portfolio's TIER_ word.</param>
/// <param name="IsCoexistent">Whether the number also lives in the WhatsApp Business app: 20 per second,
/// echoes.</param>
public sealed record GraphNumber(
    string PhoneNumberId,
    string? DisplayPhoneNumber,
    string? VerifiedName,
    string? Status,
    string? QualityRating,
    string? ThroughputLevel,
    string? MessagingLimit,
    bool IsCoexistent)
{
    /// <summary>Not the number itself, so that no log line can carry it by accident.</summary>
    public override string ToString() => nameof(GraphNumber);
}

/// <summary>What came of asking for a number: exactly one of the two.</summary>
/// <param name="Number">The number, when the token may see it.</param>
/// <param name="Failure">Why not: the token is wrong, the number is not its own, or Meta could not be asked.</param>
public sealed record GraphNumberReading(GraphNumber? Number, SendOutcome? Failure);

/// <summary>
/// Asks Meta for a number, which proves that it belongs to a token: only its own business may read it.
/// </summary>
public sealed class GraphNumberReader(GraphConnection connection)
{
    private const int TooManyRequests = 429;
    private const int ServerError = 500;

    private const string Fields = "id,display_phone_number,verified_name,status,quality_rating,throughput,"
        + "platform_type,is_on_biz_app,whatsapp_business_manager_messaging_limit";

    /// <summary>
    /// Reads once. Does not throw for anything outside; a read may always be repeated, so no failure is in doubt.
    /// </summary>
    /// <param name="phoneNumberId">Meta's id of the number, digits.</param>
    /// <param name="accessToken">The token to prove; never logged.</param>
    /// <param name="cancellation">The caller stops waiting.</param>
    public async Task<GraphNumberReading> Read(string phoneNumberId, string accessToken, CancellationToken cancellation)
    {
        var address = connection.Address($"{Uri.EscapeDataString(phoneNumberId)}?fields={Fields}");
        using var get = GraphConnection.Request(HttpMethod.Get, address, accessToken);
        using var deadline = new CancellationTokenSource(connection.Options.SendTimeout, connection.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var response = await connection.Call(get, either.Token);
            var answer = new byte[GraphSender.AnswerBytesMax];
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, either.Token);
            return Judge(phoneNumberId, (int)response.StatusCode, answer.AsMemory(0, length));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return new GraphNumberReading(null, SendOutcome.NotSent("no_answer"));
        }
    }

    private static GraphNumberReading Judge(string phoneNumberId, int httpStatus, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (GraphAnswer.Error(root, httpStatus) is { } failure)
            {
                return new GraphNumberReading(null, failure);
            }

            // The id must come back: ids of all kinds share one name space, and another object would answer as well.
            return httpStatus is >= 200 and < 300
                && root.Text("id") == phoneNumberId && root.Text("display_phone_number") is not null
                ? new GraphNumberReading(Number(phoneNumberId, root), null)
                : new GraphNumberReading(null, NotProven(httpStatus));
        }
        catch (JsonException)
        {
            return new GraphNumberReading(null, NotProven(httpStatus));
        }
    }

    private static SendOutcome NotProven(int httpStatus) =>
        httpStatus is TooManyRequests or >= ServerError
            ? SendOutcome.NotSent("answer_unreadable")
            : SendOutcome.Refused(new SendError(0, "number_not_visible", null));

    private static GraphNumber Number(string phoneNumberId, JsonElement root) => new(
        phoneNumberId,
        root.Text("display_phone_number"),
        root.Text("verified_name"),
        root.Text("status"),
        root.Text("quality_rating"),
        root.TryGetPart("throughput", out var throughput) ? throughput.Text("level") : null,
        root.Text("whatsapp_business_manager_messaging_limit"),
        root.Flag("is_on_biz_app") && root.Text("platform_type") == "CLOUD_API");
}
