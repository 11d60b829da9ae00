using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Sends;

/// <summary>Takes in the long lists of recipients, a few at a time, each into a file of its own.</summary>
internal sealed class SendUploads(IOptions<ApiOptions> options) : IDisposable
{
    /// <summary>Largest body, bytes: a million recipients with a variable or two each.</summary>
    public const long BytesMax = 256L * 1024 * 1024;

    private const int UploadsMax = 2;

    /// <summary>When asking again makes sense.</summary>
    public static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _uploads = new(UploadsMax);

    /// <summary>Gives the body to whoever works on it, or says why it was not taken.</summary>
    public async Task<(T? Made, ProblemHttpResult? Problem)> Take<T>(
        HttpRequest request, Func<Spool, Task<(T? Made, ProblemHttpResult? Problem)>> work, CancellationToken cancel)
        where T : class
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = BytesMax;
        }

        if (!request.HasJsonContentType())
        {
            return (null, Problem.Of(ProblemCodes.UnsupportedMediaType));
        }

        if (!await _uploads.WaitAsync(TimeSpan.Zero, cancel))
        {
            return (null, Problem.Of(ProblemCodes.Unavailable, "Other lists are being read.", ComeBackAfter));
        }

        try
        {
            var folder = Path.Combine(options.Value.DataFolder, "uploads");
            await using var spool = await Spool.Take(request, folder, BytesMax, cancel);
            return spool is null
                ? (null, Problem.Of(ProblemCodes.BodyTooLarge, $"At most {BytesMax} bytes."))
                : await work(spool);
        }
        finally
        {
            _uploads.Release();
        }
    }

    public void Dispose() => _uploads.Dispose();
}
