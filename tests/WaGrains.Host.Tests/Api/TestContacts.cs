using Microsoft.Extensions.DependencyInjection;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Contacts;

namespace WaGrains.Host.Tests.Api;

/// <summary>The tenant's contacts over the store of a test.</summary>
internal static class TestContacts
{
    public static void AddTestContacts(this IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<IStore>().Reads);
        services.AddSingleton(provider => new ContactDirectory(provider.GetRequiredService<IStore>().Reads));
    }
}
