using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace WaGrains.Host.Problems;

/// <summary>
/// Writes every problem of the process, whatever the caller says it accepts, with the request's id and Retry-After.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        http.Response.StatusCode = problem.Status ?? http.Response.StatusCode;
        if (problem.Extensions.TryGetValue(Problem.RetryMember, out var wait) && wait is long milliseconds)
        {
            var seconds = Math.Max(1, (milliseconds + 999) / 1000);
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        problem.Extensions[Problem.RequestMember] = http.TraceIdentifier;
        await http.Response.WriteAsJsonAsync(
            problem,
            ApiJson.Strict.GetTypeInfo(typeof(ProblemDetails)),
            "application/problem+json",
            http.RequestAborted);
    }

    /// <summary>Answers with a problem from a middleware.</summary>
    internal static Task Answer(
        HttpContext http, ProblemCode code, string? detail = null, TimeSpan? retryAfter = null) =>
        Problem.Of(code, detail, retryAfter).ExecuteAsync(http);
}
