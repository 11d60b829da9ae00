namespace WaGrains.Sandbox.Webhooks;

/// <summary>One POST to make now. Every attempt of a webhook carries the same bytes and signature.</summary>
/// <param name="Id">To report the answer with.</param>
/// <param name="Body">The signed bytes.</param>
/// <param name="Signature">Value of the X-Hub-Signature-256 header.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record WebhookCall(long Id, ReadOnlyMemory<byte> Body, string Signature, int Attempt);
