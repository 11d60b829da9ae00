using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;
using WaGrains.Engine.Contacts;

namespace WaGrains.Engine.Tests.Contacts;

public sealed class ContactDirectoryTests
{
    private static readonly PersonNames Phone = new("5511999990000", null, null, null);
    private static readonly PersonNames User = new(null, "u1", null, null);

    private readonly Bench _bench = new();
    private readonly ContactDirectory _elsewhere;

    public ContactDirectoryTests() =>
        _elsewhere = new ContactDirectory(_bench.Store.Reads, _bench.Staging, () => new ContactId(9_000));

    private ContactId Resolve(ContactDirectory directory, PersonNames names) =>
        _bench.Finish(directory.Resolve(Bench.Tenant, names, _bench.Clock.Now, default))!.Value;

    [Fact]
    public void Merge_made_on_another_silo_is_seen_once_what_is_remembered_has_aged()
    {
        var older = Resolve(_bench.Contacts, Phone);
        var younger = Resolve(_bench.Contacts, User);
        Resolve(_elsewhere, Phone with { UserId = "u1" });
        Assert.Equal(younger, Resolve(_bench.Contacts, User));

        _bench.Clock.Now += Limits.IdentityRememberedFor + TimeSpan.FromTicks(1);
        Assert.Equal(older, Resolve(_bench.Contacts, User));
    }

    [Fact]
    public void Clock_that_is_set_back_ends_what_is_remembered()
    {
        var older = Resolve(_bench.Contacts, Phone);
        Resolve(_bench.Contacts, User);
        Resolve(_elsewhere, Phone with { UserId = "u1" });

        _bench.Clock.Now -= TimeSpan.FromTicks(1);
        Assert.Equal(older, Resolve(_bench.Contacts, User));
    }
}
