namespace WaGrains.Host.Problems;

/// <summary>
/// Answers 404 to paths that do not exist before anybody asks for a key: that tells nothing that the reference does
/// not.
/// </summary>
internal sealed class UnknownPaths(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint() is null ? ProblemWriter.Answer(http, ProblemCodes.RouteNotFound) : next(http);
}
