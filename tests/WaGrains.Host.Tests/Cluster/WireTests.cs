using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;
using WaGrains.Domain.Turns;
using WaGrains.Grains.Serialization;

namespace WaGrains.Host.Tests.Cluster;

/// <summary>Every message and every answer arrives at another silo as it left.</summary>
public sealed class WireTests
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.General);

    public static TheoryData<string> Messages =>
    [
        .. typeof(OwnerMessage).Assembly.GetTypes()
            .Where(type => !type.IsAbstract
                && (type.IsSubclassOf(typeof(OwnerMessage)) || type.IsSubclassOf(typeof(Reply))))
            .Select(type => type.FullName!)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void It_arrives_as_it_left(string type)
    {
        using var services = Services();
        var serializer = services.GetRequiredService<Serializer>();
        var sent = Filled.Of(typeof(OwnerMessage).Assembly.GetType(type, throwOnError: true)!);

        var arrived = serializer.Deserialize<object>(serializer.SerializeToArray<object>(sent));

        Assert.IsType(sent.GetType(), arrived);
        Assert.Equal(
            JsonSerializer.Serialize(sent, sent.GetType(), Plain),
            JsonSerializer.Serialize(arrived, arrived.GetType(), Plain));
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSerializer();
        services.AddSingleton<DomainCodec>();
        services.AddSingleton<IGeneralizedCodec>(provider => provider.GetRequiredService<DomainCodec>());
        services.AddSingleton<IGeneralizedCopier>(provider => provider.GetRequiredService<DomainCodec>());
        services.AddSingleton<ITypeFilter>(provider => provider.GetRequiredService<DomainCodec>());
        return services.BuildServiceProvider();
    }
}
