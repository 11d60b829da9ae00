using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WaGrains.LocalCluster.Judging;

/// <summary>Meta's id of a message, as the judge keeps it.</summary>
internal static class Wamid
{
    /// <summary>128 bits that stand for it: an eighth of the memory, and no two are alike in practice.</summary>
    public static UInt128 Print(string wamid)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(wamid), digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }
}
