using System.Globalization;
using System.Text;
using WaGrains.Domain.Errors;

namespace WaGrains.Host.OpenApi;

/// <summary>Meta's errors as the API's description shows them: the table itself, so that it is never another.</summary>
internal static class ErrorDescription
{
    public static string Text()
    {
        var text = new StringBuilder(
            "\n\nWhat each of Meta's error codes does. A code that is not listed fails the message, or slows the "
            + "number where it comes with HTTP 429; the message shows it.\n\n"
            + "| code | word | stops | for | lifted by | message | slows | risk | alert |\n"
            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var row in ErrorTable.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Codes(row)} | {row.Reason} | {ApiJson.Word(row.Stops)} ")
                .Append(CultureInfo.InvariantCulture, $"| {Term(row)} | {Lift(row)} | {Message(row)} ")
                .Append(CultureInfo.InvariantCulture, $"| {(row.Slows ? "yes" : "")} | {(row.IsRisk ? "yes" : "")} ")
                .Append(CultureInfo.InvariantCulture, $"| {Alert(row)} |\n");
        }

        return text.ToString();
    }

    private static string Codes(ErrorPolicy row) =>
        row.UpTo == row.Code ? $"{row.Code}" : $"{row.Code}-{row.UpTo}";

    private static string Term(ErrorPolicy row) =>
        row.For is { } term ? $"{(long)term.TotalSeconds} s"
        : HasStop(row) && row.Message != MessageFate.Retried ? "until lifted"
        : "";

    private static string Lift(ErrorPolicy row) => HasStop(row) || row.Slows ? ApiJson.Word(row.Lift) : "";

    private static bool HasStop(ErrorPolicy row) => row.Stops is not (ErrorReach.Nothing or ErrorReach.Message);

    private static string Message(ErrorPolicy row) => row.Message switch
    {
        MessageFate.Fails => "fails",
        MessageFate.Waits => "waits",
        MessageFate.Retried => row.Retry.Repeats is { } most
            ? $"retried from {row.Retry.First.TotalSeconds} s on, at most {most} times"
            : $"retried from {row.Retry.First.TotalSeconds} s on, until its deadline",
    };

    private static string Alert(ErrorPolicy row) =>
        row.Alert is { } alert ? $"{ApiJson.Word(alert.Severity)}, {row.AlertKind}: {alert.Text}" : "";
}
