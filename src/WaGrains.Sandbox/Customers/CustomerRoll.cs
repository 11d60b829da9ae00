using System.Globalization;
using WaGrains.Sandbox.Judging;
using WaGrains.Sandbox.Sends;

namespace WaGrains.Sandbox.Customers;

/// <summary>
/// Makes the seeded customers: several countries, some without a visible number, some with a username.
/// </summary>
internal static class CustomerRoll
{
    private const double UsernameShare = 0.3;

    private static readonly string[] FirstNames =
        ["Ana", "João", "Mia", "Lucía", "Noah", "Beatriz", "Íñigo", "Olivia", "Caio", "Sofía", "Emma", "Davi"];

    private static readonly (string Prefix, int Digits, Language Language)[] Lines =
    [
        ("551198", 7, Language.Portuguese),
        ("553198", 7, Language.Portuguese),
        ("34600", 6, Language.Spanish),
        ("521556", 7, Language.Spanish),
        ("1555", 7, Language.English),
        ("44770", 7, Language.English),
    ];

    public static IReadOnlyList<Customer> Make(
        SandboxOptions options, IReadOnlyList<NumberState> numbers, Chance chance)
    {
        var customers = new Customer[options.Customers];
        for (var i = 0; i < customers.Length; i++)
        {
            var line = Lines[i % Lines.Length];
            var local = (i / Lines.Length).ToString(CultureInfo.InvariantCulture).PadLeft(line.Digits, '0');
            var waId = PhoneDigits.ToWaId(line.Prefix + local);
            var isHidden = chance.Happens(options.Habits.HiddenNumbers);
            var name = FirstNames[chance.Below(FirstNames.Length)];
            var username = isHidden || chance.Happens(UsernameShare) ? $"@guest.{i}" : null;
            var person = new Person(isHidden ? null : waId, Person.UserIdOf(waId), name, username);
            customers[i] = new Customer(person, numbers[i % numbers.Count], line.Language);
        }

        return customers;
    }
}
