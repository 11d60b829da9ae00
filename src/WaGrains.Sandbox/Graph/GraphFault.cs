namespace WaGrains.Sandbox.Graph;

/// <summary>Why a call is refused or a message fails.</summary>
/// <param name="Code">Meta's error code.</param>
/// <param name="Details">`error_data.details`.</param>
internal sealed record GraphFault(int Code, string Details)
{
    /// <summary>0 = none. 33 with code 100: no such node, or no access to it.</summary>
    public int Subcode { get; init; }

    public static GraphFault Missing(string path) => new(131008, $"The parameter {path} is required.");

    public static GraphFault Invalid(string path, string why) => new(131009, $"Parameter {path} is not valid: {why}.");

    public static GraphFault TooLong(string path, int most) =>
        Invalid(path, $"it must be at most {most} characters long");

    public static GraphFault Unexpected(string path, string key) => new(100, $"Unexpected key \"{key}\" on {path}.");
}
