using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace WaGrains.Host.Problems;

/// <summary>
/// A problem that is answered so often that writing it must cost next to nothing: the same words each time, but for
/// the request's id. Reads as <see cref="ProblemWriter"/> would have written it.
/// </summary>
internal sealed class FrozenProblem
{
    private const string Id = "-";

    private readonly int _status;
    private readonly string _retryAfter;
    private readonly byte[] _head;
    private readonly byte[] _tail;

    /// <summary>Writes it once.</summary>
    /// <param name="code">What it is.</param>
    /// <param name="detail">In words.</param>
    /// <param name="retryAfter">After what time trying again may help, whole seconds.</param>
    public FrozenProblem(ProblemCode code, string detail, TimeSpan retryAfter)
    {
        var problem = Problem.Details(code, detail, retryAfter);
        problem.Extensions[Problem.RequestMember] = Id;
        var text = JsonSerializer.Serialize(problem, ApiJson.Strict.GetTypeInfo(typeof(ProblemDetails)));
        var at = text.LastIndexOf($"\"{Id}\"", StringComparison.Ordinal) + 1;
        _status = code.Status;
        _retryAfter = retryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        _head = Encoding.UTF8.GetBytes(text[..at]);
        _tail = Encoding.UTF8.GetBytes(text[(at + Id.Length)..]);
    }

    /// <summary>Answers a request with it.</summary>
    public async Task Answer(HttpContext http)
    {
        // Ids of connection and request: letters, digits and a colon, nothing that JSON escapes.
        var id = http.TraceIdentifier;
        var length = _head.Length + id.Length + _tail.Length;
        http.Response.StatusCode = _status;
        http.Response.ContentType = "application/problem+json";
        http.Response.ContentLength = length;
        http.Response.Headers.RetryAfter = _retryAfter;
        var memory = http.Response.BodyWriter.GetMemory(length);
        _head.CopyTo(memory);
        Encoding.ASCII.GetBytes(id, memory.Span[_head.Length..]);
        _tail.CopyTo(memory[(_head.Length + id.Length)..]);
        http.Response.BodyWriter.Advance(length);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
