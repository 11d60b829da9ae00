using System.Buffers.Text;
using System.Text.Json;

namespace WaGrains.LocalCluster.Judging;

/// <summary>What the ledger wants to know of one webhook: which numbers it is about, and which messages of customers
/// are in it. One pass over the bytes.</summary>
internal sealed class WebhookReading
{
    // Where the names stand: object, entry[], changes[], value, and the lists within it.
    private const int ValueNames = 6;
    private const int MetadataNames = 7;
    private const int ItemNames = 8;

    /// <summary>The business numbers, by Meta's id; one may be there more than once.</summary>
    public List<ulong> Numbers { get; } = [];

    /// <summary>Prints of the ids of customers' messages.</summary>
    public List<UInt128> Messages { get; } = [];

    /// <summary>When the oldest of these was written; the end of time where there is none.</summary>
    public DateTimeOffset Oldest { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static WebhookReading Of(ReadOnlySpan<byte> body)
    {
        var reading = new WebhookReading();
        var reader = new Utf8JsonReader(body);
        var section = Section.Other;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                section = reading.Name(ref reader, section);
            }
        }

        return reading;
    }

    private Section Name(ref Utf8JsonReader reader, Section section)
    {
        switch (reader.CurrentDepth)
        {
            case ValueNames:
                return reader.ValueTextEquals("messages"u8) ? Section.Messages
                    : reader.ValueTextEquals("metadata"u8) ? Section.Metadata
                    : Section.Other;
            case MetadataNames when section == Section.Metadata && reader.ValueTextEquals("phone_number_id"u8):
                if (reader.Read() && Utf8Parser.TryParse(reader.ValueSpan, out ulong number, out _))
                {
                    Numbers.Add(number);
                }

                return section;
            case ItemNames when section == Section.Messages && reader.ValueTextEquals("id"u8):
                if (reader.Read())
                {
                    Messages.Add(Wamid.Print(reader.GetString()!));
                }

                return section;
            case ItemNames when section == Section.Messages && reader.ValueTextEquals("timestamp"u8):
                if (reader.Read() && Utf8Parser.TryParse(reader.ValueSpan, out long seconds, out _))
                {
                    var written = DateTimeOffset.FromUnixTimeSeconds(seconds);
                    Oldest = written < Oldest ? written : Oldest;
                }

                return section;
            default:
                return section;
        }
    }

    private enum Section
    {
        Other,
        Metadata,
        Messages,
    }
}
