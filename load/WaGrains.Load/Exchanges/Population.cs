using System.Globalization;
using System.Text;

namespace WaGrains.Load.Exchanges;

/// <summary>
/// The numbers and customers of a run. Every customer writes equally often and to one number only: with customers drawn
/// at random the busiest would meet the pair limit (6 s per message after a burst) long before the mean does.
/// </summary>
internal sealed class Population
{
    /// <summary>Characters of <see cref="NumberPrefix"/>.</summary>
    public const int PrefixLength = 9;

    private const int FirstContact = 70_000_000;
    private const int ContactSpace = 30_000_000;
    private readonly long _stride;
    private readonly int _contactBase;

    /// <param name="tenant">Gives the ids, so that tenants never share a number.</param>
    /// <param name="numbers">Business numbers.</param>
    /// <param name="contacts">Customers.</param>
    /// <param name="seed">Decides the order in which customers write.</param>
    /// <param name="run">Other than zero picks customers that no earlier run has used.</param>
    public Population(string tenant, int numbers, int contacts, int seed, uint run)
    {
        Numbers = numbers;
        Contacts = contacts;
        var hash = Encoding.UTF8.GetBytes(tenant).Aggregate(2166136261u, (h, b) => (h ^ b) * 16777619u) % 100_000;
        NumberPrefix = string.Create(CultureInfo.InvariantCulture, $"1065{hash:00000}");
        AccountId = string.Create(CultureInfo.InvariantCulture, $"1022{hash:00000}000001");
        _contactBase = FirstContact + (int)(run % (uint)(ContactSpace - contacts + 1));
        _stride = CoprimeStride(contacts, seed);
    }

    /// <summary>How many business numbers.</summary>
    public int Numbers { get; }

    /// <summary>How many customers.</summary>
    public int Contacts { get; }

    /// <summary>The first 9 of the 15 digits of every phone_number_id; the other 6 are the number's index.</summary>
    public string NumberPrefix { get; }

    /// <summary>The WhatsApp business account all numbers belong to.</summary>
    public string AccountId { get; }

    /// <summary>Meta's id of a number.</summary>
    public string PhoneNumberId(int number) => NumberPrefix + number.ToString("000000", CultureInfo.InvariantCulture);

    /// <summary>The customer who starts an exchange, 0 to <see cref="Contacts"/> - 1.</summary>
    public int ContactOf(int exchange) => (int)(exchange * _stride % Contacts);

    /// <summary>The number a customer writes to.</summary>
    public int NumberOf(int contact) => contact % Numbers;

    /// <summary>The last 8 digits of a customer's phone (5511 9 and these).</summary>
    public int Digits(int contact) => _contactBase + contact;

    private static long CoprimeStride(int contacts, int seed)
    {
        var stride = (long)((contacts * 0.6180339887) + 1 + (seed % 997));
        while (Gcd(stride, contacts) != 1)
        {
            stride++;
        }

        return stride;
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
