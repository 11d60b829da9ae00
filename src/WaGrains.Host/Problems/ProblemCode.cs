namespace WaGrains.Host.Problems;

/// <summary>A stable code of the API with the HTTP status it always comes with; never renamed.</summary>
/// <param name="Code">snake_case, for programs.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">The kind of problem in words, the same for every occurrence.</param>
public sealed record ProblemCode(string Code, int Status, string Title);
