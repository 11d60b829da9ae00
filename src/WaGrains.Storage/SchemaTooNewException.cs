namespace WaGrains.Storage;

/// <summary>The data were written by a newer version of this program: running on would damage them.</summary>
public sealed class SchemaTooNewException(string message) : Exception(message);
