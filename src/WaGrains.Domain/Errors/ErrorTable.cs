using WaGrains.Domain.Messaging;

namespace WaGrains.Domain.Errors;

/// <summary>
/// What each of Meta's error codes means for us: one table for answers to a send and for the errors of failed statuses.
/// Logic hangs on the code alone; Meta's texts, subcodes and HTTP statuses change without notice (Meta, "Error codes",
/// read 2026-09-11).
/// </summary>
public static class ErrorTable
{
    /// <summary>The word of an HTTP 429 whose code is not listed.</summary>
    public const string Throttled = "throttled";

    /// <summary>The word of an error that Meta calls transient and whose code is not listed.</summary>
    public const string Temporary = "temporary";

    /// <summary>The word of an HTTP 401 without a code.</summary>
    public const string Unauthorized = "http_401";

    /// <summary>The word of a failed status without a code.</summary>
    public const string Uncoded = "failed_without_code";

    /// <summary>The word of any other code that is not listed.</summary>
    public const string Unknown = "unknown_code";

    /// <summary>Every row, by ascending code.</summary>
    public static IReadOnlyList<ErrorPolicy> Rows => ErrorRows.All;

    /// <summary>The row of a code, or null when Meta has a code we do not know.</summary>
    public static ErrorPolicy? Find(int code)
    {
        var (low, high) = (0, ErrorRows.All.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var row = ErrorRows.All[middle];
            if (code >= row.Code && code <= row.UpTo)
            {
                return row;
            }

            (low, high) = code < row.Code ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }

    /// <summary>The policy of an error as it was named: by its code, and by its word where it has none that is
    /// listed.</summary>
    public static ErrorPolicy Of(SendError error)
    {
        // Our own errors bear 0, which at Meta is a lost token: there the word must agree.
        if (Find(error.Code) is { } row && (error.Code != 0 || error.Reason == row.Reason))
        {
            return row;
        }

        var other = Array.Find(ErrorRows.Codeless, each => each.Reason == error.Reason) ?? ErrorRows.Unlisted;
        return other with { Code = error.Code, UpTo = error.Code };
    }

    /// <summary>Names an error. A code that is not listed is throttling where it comes with HTTP 429, and worth
    /// repeating where Meta calls it transient.</summary>
    /// <param name="code">Meta's <c>error.code</c>.</param>
    /// <param name="httpStatus">The answer's HTTP status; 0 for errors that arrive by webhook.</param>
    /// <param name="isTransient">Meta's <c>is_transient</c>.</param>
    /// <param name="details">Meta's own words, for people.</param>
    public static SendError Name(int code, int httpStatus, bool isTransient, string? details) => new(
        code,
        Find(code)?.Reason ?? (httpStatus == 429 ? Throttled : isTransient ? Temporary : Unknown),
        details);
}
