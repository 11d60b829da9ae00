using Microsoft.Extensions.DependencyInjection;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Contacts;
using WaGrains.Host.Ids;

namespace WaGrains.Host.Tests.Api;

/// <summary>The tenant's contacts over the store of a test.</summary>
internal static class TestContacts
{
    public static void AddTestContacts(this IServiceCollection services) => services.AddSingleton(provider =>
    {
        var owners = provider.GetRequiredService<LocalOwners>();
        var store = provider.GetRequiredService<IStore>();
        return new ContactDirectory(store.Reads, owners.Staging, provider.GetRequiredService<IdSource>().NewContact);
    });
}
