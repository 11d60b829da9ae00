namespace WaGrains.Load.SetUp;

/// <summary>The host cannot be used as it is; the message tells the operator what to change.</summary>
internal sealed class SetUpException(string message, Exception? inner = null) : Exception(message, inner);
