using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Host.Ids;

namespace WaGrains.Host.Problems;

/// <summary>
/// Around everything: gives each request its id (header X-Request-Id), turns exceptions and bare error statuses into
/// problems. What an
/// exception says never leaves the process.
/// </summary>
internal sealed partial class ProblemBoundary(RequestDelegate next, IdSource ids, ILogger<ProblemBoundary> log)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = ids.NewRequest();
        http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            await Answer(http, failure);
            return;
        }

        if (!http.Response.HasStarted
            && http.Response is { StatusCode: >= 400, ContentType: null, ContentLength: null })
        {
            await ProblemWriter.Answer(http, Judge(http));
        }
    }

    /// <summary>
    /// The framework by itself answers 400 to our endpoints only where an id in the path cannot be read: then there is
    /// nothing under it.
    /// </summary>
    private static ProblemCode Judge(HttpContext http) =>
        http.Response.StatusCode == StatusCodes.Status400BadRequest
            && http.GetEndpoint()?.Metadata.GetMetadata<Refusals>() is not null
            ? ProblemCodes.NotFound
            : ProblemCodes.OfStatus(http.Response.StatusCode);

    private Task Answer(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case OwnerUnavailableException or StoreUnavailableException:
                return ProblemWriter.Answer(
                    http, ProblemCodes.Unavailable, "Nothing is known to have happened; try again.", TryAgainAfter);
            case BadHttpRequestException bad:
                return ProblemWriter.Answer(http, ProblemCodes.OfStatus(bad.StatusCode));
            default:
                Unexpected(http.TraceIdentifier, failure.GetType().Name, failure.StackTrace ?? "");
                return ProblemWriter.Answer(http, ProblemCodes.InternalError);
        }
    }

    // Not the exception itself: its message may quote what a customer wrote.
    [LoggerMessage(
        EventId = 7001, Level = LogLevel.Error, Message = "Request {RequestId} failed with {Failure} at {Place}")]
    private partial void Unexpected(string requestId, string failure, string place);
}
