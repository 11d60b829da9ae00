using WaGrains.Domain.Contacts;

namespace WaGrains.Domain.Tests.Contacts;

public sealed class NationalVariantsTests
{
    [Theory]
    [InlineData("551187654321", "5511987654321")]
    [InlineData("5511987654321", "5511987654321")]
    [InlineData("558561234567", "5585961234567")]
    [InlineData("551132654321", "551132654321")]
    [InlineData("5215512345678", "525512345678")]
    [InlineData("525512345678", "525512345678")]
    [InlineData("541112345678", "5491112345678")]
    [InlineData("5491112345678", "5491112345678")]
    [InlineData("4915112345678", "4915112345678")]
    [InlineData("+55 (11) 8765-4321", "5511987654321")]
    [InlineData("+1.225.555.1002", "12255551002")]
    public void Number_has_one_canonical_form(string phone, string canonical) =>
        Assert.Equal(canonical, NationalVariants.Canonical(phone));

    [Theory]
    [InlineData("551187654321", "5511987654321,551187654321")]
    [InlineData("5215512345678", "525512345678,5215512345678")]
    [InlineData("541112345678", "5491112345678,541112345678")]
    [InlineData("551132654321", "551132654321")]
    [InlineData("4915112345678", "4915112345678")]
    public void Variants_are_all_forms_and_all_lead_back(string phone, string variants)
    {
        Assert.Equal(variants, string.Join(',', NationalVariants.Variants(phone)));
        Assert.All(NationalVariants.Variants(phone), form =>
            Assert.Equal(NationalVariants.Canonical(phone), NationalVariants.Canonical(form)));
    }

    [Fact]
    public void Mobile_that_never_had_eight_digits_has_no_old_form() =>
        Assert.Equal(["5511952345678"], NationalVariants.Variants("5511952345678"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("123456")]
    [InlineData("1234567890123456")]
    [InlineData("011987654321")]
    [InlineData("55+11987654321")]
    [InlineData("DE.1122334455")]
    [InlineData("５５11987654321")]
    public void What_is_no_international_number_is_refused(string? phone) =>
        Assert.False(NationalVariants.TryCanonical(phone, out _));

    [Fact]
    public void Canonical_form_is_its_own_canonical_form()
    {
        for (var seed = 1; seed <= 3000; seed++)
        {
            var random = new Random(seed);
            var country = new[] { "55", "52", "54", "521", "549" }[random.Next(5)];
            var phone = country + string.Concat(Enumerable.Range(0, random.Next(8, 12)).Select(_ => random.Next(10)));
            var once = NationalVariants.Canonical(phone);
            Assert.True(once == NationalVariants.Canonical(once), $"seed={seed} once={once}");
        }
    }
}
