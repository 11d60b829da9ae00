namespace WaGrains.Host.Problems;

/// <summary>
/// The codes an endpoint may answer with besides those that every endpoint shares; for the API's description.
/// </summary>
/// <param name="Codes">In the order of the reference.</param>
public sealed record Refusals(IReadOnlyList<ProblemCode> Codes);

/// <summary>Says what an endpoint may refuse.</summary>
internal static class RefusalConventions
{
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ProblemCode[] codes) =>
        endpoint.WithMetadata(new Refusals(codes));
}
