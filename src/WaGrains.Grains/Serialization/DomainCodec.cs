using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;
using WaGrains.Domain.Turns;

namespace WaGrains.Grains.Serialization;

/// <summary>
/// How messages and replies travel between silos: as JSON under their type's name. Inside a silo they are not copied at
/// all, because they are immutable. Domain stays free of Orleans for it.
/// </summary>
public sealed class DomainCodec : IGeneralizedCodec, IGeneralizedCopier, ITypeFilter
{
    /// <summary>Strict but for what a rolling upgrade needs: the other silo may know a member more, or one
    /// less.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Strict)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectRequiredConstructorParameters = false,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Learns every message and reply by heart, which otherwise the first of each pays for, and says these
    /// once to itself.</summary>
    public static void Rehearse(IEnumerable<OwnerMessage> said)
    {
        foreach (var type in typeof(OwnerMessage).Assembly.GetTypes().Where(type => !type.IsAbstract && Takes(type)))
        {
            Json.GetTypeInfo(type);
        }

        foreach (var message in said)
        {
            JsonSerializer.Deserialize(
                JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), Json), message.GetType(), Json);
        }
    }

    /// <inheritdoc/>
    public bool IsSupportedType(Type type) => Takes(type);

    private static bool Takes(Type type) =>
        typeof(OwnerMessage).IsAssignableFrom(type) || typeof(Reply).IsAssignableFrom(type);

    /// <inheritdoc/>
    public bool? IsTypeAllowed(Type type) => IsSupportedType(type) ? true : null;

    /// <inheritdoc/>
    public object? DeepCopy(object? input, CopyContext context) => input;

    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value))
        {
            return;
        }

        writer.WriteFieldHeader(fieldIdDelta, expectedType!, value!.GetType(), WireType.LengthPrefixed);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Json);
        writer.WriteVarUInt32((uint)bytes.Length);
        writer.Write(bytes);
    }

    /// <inheritdoc/>
    public object? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
        {
            return ReferenceCodec.ReadReference<object, TInput>(ref reader, field);
        }

        var bytes = reader.ReadBytes(reader.ReadVarUInt32());
        var value = JsonSerializer.Deserialize(bytes, field.FieldType!, Json)!;
        ReferenceCodec.RecordObject(reader.Session, value);
        return value;
    }
}
