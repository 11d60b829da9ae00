using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WaGrains.Domain.Turns;

namespace WaGrains.Host.Problems;

/// <summary>
/// Makes the one error form of the API: RFC 9457 with code, param, errors[] and retry_after_ms; the writer adds
/// request_id
/// (https://www.rfc-editor.org/rfc/rfc9457, read 2026-11-22).
/// </summary>
public static class Problem
{
    /// <summary>The extension members.</summary>
    public const string CodeMember = "code";

    /// <summary>The field, where there is exactly one.</summary>
    public const string ParamMember = "param";

    /// <summary>All mistakes, where the request itself is wrong.</summary>
    public const string ErrorsMember = "errors";

    /// <summary>After how many milliseconds trying again may help.</summary>
    public const string RetryMember = "retry_after_ms";

    /// <summary>What to quote when asking about this answer.</summary>
    public const string RequestMember = "request_id";

    /// <summary>A problem without further circumstances.</summary>
    public static ProblemHttpResult Of(ProblemCode code, string? detail = null, TimeSpan? retryAfter = null) =>
        TypedResults.Problem(Details(code, detail, retryAfter));

    /// <summary>A problem with one field.</summary>
    public static ProblemHttpResult At(string param, ProblemCode code, string detail)
    {
        var details = Details(code, detail, null);
        details.Extensions[ParamMember] = param;
        return TypedResults.Problem(details);
    }

    /// <summary>A refusal of an owner.</summary>
    public static ProblemHttpResult Of(Refusal refusal) =>
        TypedResults.Problem(Details(ProblemCodes.Of(refusal.Code), refusal.Detail, refusal.RetryAfter));

    /// <summary>A request with mistakes, all of them.</summary>
    public static ProblemHttpResult Of(IReadOnlyList<FieldMistake> mistakes)
    {
        var details = Details(
            ProblemCodes.ValidationFailed, mistakes.Count == 1 ? mistakes[0].Detail : "See errors.", null);
        if (mistakes.Count == 1)
        {
            details.Extensions[ParamMember] = mistakes[0].Param;
        }

        details.Extensions[ErrorsMember] = mistakes;
        return TypedResults.Problem(details);
    }

    /// <summary>A request with one mistake.</summary>
    public static ProblemHttpResult Of(string param, string code, string detail) =>
        Of([new FieldMistake(param, code, detail)]);

    internal static ProblemDetails Details(ProblemCode code, string? detail, TimeSpan? retryAfter)
    {
        var details = new ProblemDetails
        {
            Type = $"/reference#problem-{code.Code}",
            Title = code.Title,
            Status = code.Status,
            Detail = detail,
        };
        details.Extensions[CodeMember] = code.Code;
        if (retryAfter is { } wait)
        {
            details.Extensions[RetryMember] = (long)Math.Ceiling(wait.TotalMilliseconds);
        }

        return details;
    }
}
