namespace WaGrains.Sandbox.Graph;

/// <summary>What one Graph call is answered with.</summary>
/// <param name="Status">HTTP status, 200 to 503.</param>
/// <param name="Body">UTF-8 JSON in Meta's shape.</param>
public sealed record GraphResponse(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// The call took effect but its answer is to be lost (see <see cref="SandboxCore.LoseNextAnswers"/>): whoever
    /// carries it must break the connection instead of answering.
    /// </summary>
    public bool AnswerLost { get; init; }

    /// <summary>Of a lost answer: the connection is to stay open in silence until the caller gives up.</summary>
    public bool NeverAnswered { get; init; }
}
