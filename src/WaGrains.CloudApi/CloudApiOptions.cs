namespace WaGrains.CloudApi;

/// <summary>How we reach Meta's Graph API.</summary>
public sealed class CloudApiOptions
{
    /// <summary>Scheme, host and port, without a path. Default: Meta's own; a trial points it at the sandbox.</summary>
    public Uri GraphBaseUrl { get; init; } = new("https://graph.facebook.com");

    /// <summary>
    /// The version segment of every path. Default v25.0, the newest Meta's samples used in September 2026.
    /// </summary>
    public string ApiVersion { get; init; } = "v25.0";

    /// <summary>
    /// From the start of a call to the end of its answer; what takes longer is in doubt. Default 10 s.
    /// </summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a TCP and TLS connection; nothing has left by then. Default 3 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A send whose body is not on its way this long after the start of the commit that fenced it does not leave any
    /// more. Default 0.5 s: a silo may trust its fence for 1 s, and a number's slots leave 0.6 s of a minute for starts
    /// that come late.
    /// </summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Connections to Meta per process; sends beyond it wait for one. 1 to 10,000, default 256.</summary>
    public int ConnectionsMax { get; init; } = 256;

    /// <summary>
    /// Connections are renewed after this time, so that a changed address is noticed. Default 5 minutes.
    /// </summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An outgoing HTTP proxy; null, the default, connects directly whatever the environment says.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>All mistakes in the options, in words; empty when they can be used.</summary>
    public IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (GraphBaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https", AbsolutePath: "/" })
        {
            mistakes.Add("GraphBaseUrl must be an absolute http or https address without a path.");
        }

        if (ApiVersion is not ['v', .. { Length: > 0 } number]
            || !number.All(letter => char.IsAsciiDigit(letter) || letter == '.'))
        {
            mistakes.Add("ApiVersion must look like v25.0.");
        }

        if (SendTimeout <= TimeSpan.Zero || ConnectTimeout <= TimeSpan.Zero || StartWithin <= TimeSpan.Zero)
        {
            mistakes.Add("SendTimeout, ConnectTimeout and StartWithin must be longer than zero.");
        }

        if (ConnectionsMax is < 1 or > 10_000)
        {
            mistakes.Add("ConnectionsMax must be 1 to 10,000.");
        }

        return mistakes;
    }
}
