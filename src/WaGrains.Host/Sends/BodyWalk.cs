using System.Text.Json;

namespace WaGrains.Host.Sends;

/// <summary>
/// Walks a JSON object too large for memory: hands out its members one by one, and the elements of one of them, an
/// array, as they come.
/// </summary>
/// <param name="body">Where it stands; read from here to its end.</param>
/// <param name="listed">The member whose elements are handed out.</param>
internal sealed class BodyWalk(Stream body, string listed)
{
    /// <summary>Longest single member or element, bytes.</summary>
    public const int PartBytesMax = 256 * 1024;

    private const int BufferBytes = 64 * 1024;

    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _isWhole;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 32 });

    /// <summary>Walks to the end: gives the elements of the listed member.</summary>
    /// <param name="member">Given each other member as it comes.</param>
    /// <exception cref="JsonException">The body is not one JSON object, or a part of it is too long.</exception>
    public IEnumerable<JsonElement> Run(Action<string, JsonElement> member)
    {
        Expect(JsonTokenType.StartObject);
        while (Next(out var name) == JsonTokenType.PropertyName)
        {
            if (name != listed)
            {
                member(name!, Value());
                continue;
            }

            Expect(JsonTokenType.StartArray);
            while (Peek() != JsonTokenType.EndArray)
            {
                yield return Value();
            }

            Next(out _);
        }

        ExpectEnd();
    }

    /// <summary>What follows the object but blanks is a mistake.</summary>
    private void ExpectEnd()
    {
        while (true)
        {
            var reader = Reader();
            if (reader.Read())
            {
                throw new JsonException("One object is expected.");
            }

            Consume(reader);
            if (_isWhole)
            {
                return;
            }

            Fill();
        }
    }

    private void Expect(JsonTokenType type)
    {
        if (Next(out _) != type)
        {
            throw new JsonException("Another type is expected here.");
        }
    }

    private JsonTokenType Next(out string? name)
    {
        while (true)
        {
            var reader = Reader();
            if (reader.Read())
            {
                name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
                Consume(reader);
                return reader.TokenType;
            }

            Grow();
        }
    }

    private JsonTokenType Peek()
    {
        while (true)
        {
            var reader = Reader();
            if (reader.Read())
            {
                return reader.TokenType;
            }

            Grow();
        }
    }

    private JsonElement Value()
    {
        while (true)
        {
            var reader = Reader();
            if (reader.Read() && JsonDocument.TryParseValue(ref reader, out var parsed))
            {
                using (parsed)
                {
                    Consume(reader);
                    return parsed.RootElement.Clone();
                }
            }

            Grow();
        }
    }

    private Utf8JsonReader Reader() => new(_buffer.AsSpan(_start, _end - _start), _isWhole, _state);

    private void Consume(in Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    /// <summary>More of the body behind what is not consumed yet.</summary>
    private void Grow()
    {
        if (_isWhole || _end - _start > PartBytesMax)
        {
            throw new JsonException("A part of the body is too long, or it ends too early.");
        }

        Fill();
    }

    private void Fill()
    {
        var left = _end - _start;
        if (left > _buffer.Length / 2)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        _buffer.AsSpan(_start, left).CopyTo(_buffer);
        (_start, _end) = (0, left);
        var read = body.Read(_buffer.AsSpan(_end));
        _end += read;
        _isWhole = read == 0;
    }
}
