namespace WaGrains.Tidy.Tests.Trees;

/// <summary>One place that breaks a rule.</summary>
/// <param name="Path">From the root.</param>
/// <param name="Line">From 1; 1 also where the file as a whole is meant.</param>
/// <param name="What">What is wrong and what to write instead.</param>
/// <param name="Subject">The name an exemption would give, empty where the file is the subject.</param>
/// <param name="Size">The measured size for the rules that measure, else 0.</param>
public sealed record Finding(string Path, int Line, string What, string Subject, int Size)
{
    public override string ToString() => $"{Path}:{Line}: {What}";
}
