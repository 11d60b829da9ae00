namespace WaGrains.LocalCluster;

/// <summary>The rig itself does not stand: a program is missing, a port is taken, a silo does not come up. Says nothing
/// about the product's rules.</summary>
internal sealed class RigException(string message) : Exception(message);
