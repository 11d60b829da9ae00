using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using WaGrains.Domain.Turns;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Idempotency;

/// <summary>
/// A request that changes something: its body, and the caller's Idempotency-Key with a hash of what was asked.
/// </summary>
internal abstract class Command
{
    public const string Header = "Idempotency-Key";

    /// <summary>Longest key, characters.</summary>
    public const int KeyCharsMax = 255;

    /// <summary>Why the request cannot be taken; then a filter answers with it and no handler runs.</summary>
    public ProblemHttpResult? Problem { get; protected init; }

    /// <summary>The caller's key; null where it gave none.</summary>
    public IdempotencyKey? Key { get; protected init; }

    /// <summary>The caller's key of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="hash">What was asked; called only where there is a key.</param>
    /// <param name="key">The key; null where there is none.</param>
    public static ProblemHttpResult? ReadKey(HttpRequest request, Func<UInt128> hash, out IdempotencyKey? key)
    {
        key = null;
        var values = request.Headers[Header];
        if (values.Count == 0)
        {
            return null;
        }

        var text = values.ToString();
        if (values.Count > 1 || text.Length is 0 or > KeyCharsMax || text.Any(letter => letter is < ' ' or > '~'))
        {
            return Problems.Problem.Of(Header, "invalid", $"1 to {KeyCharsMax} printable ASCII characters.");
        }

        key = new IdempotencyKey(text, hash());
        return null;
    }

    protected static UInt128 HashOf(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        using var hash = new BodyHash(request);
        hash.Append(body.Span);
        return hash.Value();
    }
}

/// <summary>A command with a body of this form.</summary>
internal sealed class Command<T> : Command, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _body;

    /// <summary>The body; only where there is no problem.</summary>
    public T Body => _body ?? throw new InvalidOperationException("a command with a problem reached its handler");

    public static async ValueTask<Command<T>> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var read = await RequestBody.Read(http.Request, http.RequestAborted);
        return new Command<T>(http.Request, read);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new Accepted(typeof(T) == typeof(NoBody)));
        if (typeof(T) != typeof(NoBody))
        {
            builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
        }
    }

    private Command(HttpRequest request, RequestBody read)
    {
        IdempotencyKey? key = null;
        Problem = read.Problem ?? ReadKey(request, () => HashOf(request, read.Bytes), out key);
        if (Problem is not null)
        {
            return;
        }

        Key = key;
        if (read.Bytes.IsEmpty && typeof(T) == typeof(NoBody))
        {
            _body = (T)(object)NoBody.Instance;
            return;
        }

        Problem = BodyReader.Read(read.Bytes, out _body);
    }
}

/// <summary>The body of a command that says everything in its path: nothing, or an empty object.</summary>
internal sealed record NoBody
{
    public static readonly NoBody Instance = new();
}

/// <summary>Marks an endpoint that takes a command.</summary>
/// <param name="WithoutBody">Whether its path says everything.</param>
internal sealed record Accepted(bool WithoutBody);

/// <summary>Answers for commands that cannot be taken.</summary>
internal static class CommandFilter
{
    public static TBuilder RefuseBadCommands<TBuilder>(this TBuilder group)
        where TBuilder : IEndpointConventionBuilder =>
        group.AddEndpointFilter(static async (call, next) =>
            call.Arguments.OfType<Command>().FirstOrDefault()?.Problem ?? await next(call));
}
