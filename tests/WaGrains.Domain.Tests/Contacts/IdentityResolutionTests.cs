using WaGrains.Domain.Contacts;
using WaGrains.Domain.Ids;

namespace WaGrains.Domain.Tests.Contacts;

public sealed class IdentityResolutionTests
{
    private static readonly Identity Phone = new(IdentityKind.Phone, "4915112345678");
    private static readonly Identity NewPhone = new(IdentityKind.Phone, "4917112345678");
    private static readonly Identity User = new(IdentityKind.UserId, "DE.1");
    private static readonly Identity NewUser = new(IdentityKind.UserId, "DE.2");
    private static readonly ContactId Older = new(1);
    private static readonly ContactId Younger = new(2);
    private static readonly ContactId Fresh = new(9);

    [Fact]
    public void Names_give_a_user_id_and_a_canonical_phone() => Assert.Equal(
        [User, new Identity(IdentityKind.Phone, "5511987654321")],
        IdentityResolution.IdentitiesOf(new PersonNames("551187654321", "DE.1", "mia", "Mia")));

    [Fact]
    public void User_name_alone_identifies_nobody() =>
        Assert.Empty(IdentityResolution.IdentitiesOf(new PersonNames(null, null, "mia", "Mia")));

    [Fact]
    public void Item_without_identity_belongs_to_nobody() =>
        Assert.Throws<ArgumentException>(() => IdentityResolution.Resolve([], [], Fresh));

    [Fact]
    public void Stranger_becomes_a_contact() =>
        Check(
            IdentityResolution.Resolve([User, Phone], [], Fresh),
            Fresh, ContactOrigin.Created, null, [User, Phone], []);

    [Fact]
    public void Known_person_changes_nothing() => Assert.False(
        IdentityResolution.Resolve([User, Phone], [Row(User, Older), Row(Phone, Older)], Fresh).ChangesAnything);

    [Fact]
    public void New_name_joins_the_contact_of_the_other() => Check(
        IdentityResolution.Resolve([User, Phone], [Row(Phone, Older)], Fresh),
        Older, ContactOrigin.Known, null, [User], []);

    [Fact]
    public void Two_contacts_of_one_person_merge_into_the_older() => Check(
        IdentityResolution.Resolve([User, Phone], [Row(User, Younger), Row(Phone, Older)], Fresh),
        Older, ContactOrigin.Known, Younger, [], []);

    [Fact]
    public void Order_of_rows_and_names_does_not_matter() => Check(
        IdentityResolution.Resolve([Phone, User], [Row(Phone, Older), Row(User, Younger)], Fresh),
        Older, ContactOrigin.Known, Younger, [], []);

    [Fact]
    public void Number_in_other_hands_moves_and_merges_nobody() => Check(
        IdentityResolution.Resolve(
            [NewUser, Phone], [Row(Phone, Older), Row(User, Older), Row(NewUser, Younger)], Fresh),
        Younger, ContactOrigin.Known, null, [Phone], []);

    [Fact]
    public void Number_in_the_hands_of_a_stranger_moves_to_a_new_contact() => Check(
        IdentityResolution.Resolve([NewUser, Phone], [Row(Phone, Older), Row(User, Older)], Fresh),
        Fresh, ContactOrigin.Created, null, [NewUser, Phone], []);

    [Fact]
    public void Changed_number_follows_the_person_and_the_old_one_is_released() => Check(
        IdentityResolution.Replace(Phone, NewPhone, [], [Row(Phone, Older)], Fresh),
        Older, ContactOrigin.Known, null, [NewPhone], [Phone]);

    [Fact]
    public void Changed_number_is_taken_from_whoever_had_it() => Check(
        IdentityResolution.Replace(Phone, NewPhone, [], [Row(Phone, Younger), Row(NewPhone, Older)], Fresh),
        Younger, ContactOrigin.Known, null, [NewPhone], [Phone]);

    [Fact]
    public void Changed_user_id_follows_the_person() => Check(
        IdentityResolution.Replace(User, NewUser, [Phone], [Row(User, Older), Row(Phone, Older)], Fresh),
        Older, ContactOrigin.Known, null, [NewUser], [User]);

    [Fact]
    public void Change_of_someone_unknown_creates_the_contact_under_the_new_name() => Check(
        IdentityResolution.Replace(Phone, NewPhone, [User], [], Fresh),
        Fresh, ContactOrigin.Created, null, [User, NewPhone], []);

    [Fact]
    public void Change_that_names_two_contacts_of_the_person_merges_them() => Check(
        IdentityResolution.Replace(Phone, NewPhone, [User], [Row(Phone, Younger), Row(User, Older)], Fresh),
        Older, ContactOrigin.Known, Younger, [NewPhone], [Phone]);

    [Fact]
    public void Change_told_twice_changes_once() => Assert.False(
        IdentityResolution.Replace(
            Phone, NewPhone, [User], [Row(NewPhone, Older), Row(User, Older)], Fresh).ChangesAnything);

    [Fact]
    public void Change_to_another_kind_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => IdentityResolution.Replace(Phone, User, [], [], Fresh));

    [Fact]
    public void Whatever_is_decided_binds_every_name_to_one_contact_and_settles()
    {
        Identity[] all = [Phone, NewPhone, User, NewUser];
        for (var seed = 1; seed <= 2000; seed++)
        {
            var random = new Random(seed);
            var rows = new Dictionary<Identity, ContactId>();
            foreach (var identity in all.Where(_ => random.Next(2) == 0))
            {
                rows[identity] = new ContactId((ulong)random.Next(1, 4));
            }

            Identity[] named = [all[2 + random.Next(2)], all[random.Next(2)]];
            var first = IdentityResolution.Resolve(named, [.. rows.Select(row => Row(row.Key, row.Value))], Fresh);
            Apply(first, rows);
            var again = IdentityResolution.Resolve(named, [.. rows.Select(row => Row(row.Key, row.Value))], Fresh);

            Assert.True(named.All(name => rows[name] == first.Contact), $"seed={seed} {first}");
            Assert.True(!again.ChangesAnything && again.Contact == first.Contact, $"seed={seed} {first} {again}");
        }
    }

    private static void Apply(IdentityDecision decision, Dictionary<Identity, ContactId> rows)
    {
        foreach (var (identity, _) in rows.Where(row => row.Value == decision.Absorbs).ToArray())
        {
            rows[identity] = decision.Contact;
        }

        foreach (var identity in decision.Binds)
        {
            rows[identity] = decision.Contact;
        }

        foreach (var identity in decision.Releases)
        {
            rows.Remove(identity);
        }
    }

    private static KnownIdentity Row(Identity identity, ContactId contact) => new(identity, contact);

    private static void Check(
        IdentityDecision got,
        ContactId contact,
        ContactOrigin origin,
        ContactId? absorbs,
        Identity[] binds,
        Identity[] releases)
    {
        Assert.Equal((contact, origin, absorbs), (got.Contact, got.Origin, got.Absorbs));
        Assert.Equal(binds, got.Binds);
        Assert.Equal(releases, got.Releases);
    }
}
