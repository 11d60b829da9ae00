using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Orleans.Hosting;
using WaGrains.Host.Configuration;

namespace WaGrains.Host.Silo.Tls;

/// <summary>
/// Puts TLS under every connection between silos, both sides proving themselves before Orleans sees a byte. Orleans'
/// own package for this is not to be had where this is built; its connection middleware is public, and this is one.
/// </summary>
internal sealed partial class TlsConnections(SiloCredentials credentials, ILogger<TlsConnections> log)
{
    /// <summary>Orleans gives a connection up after five seconds; this is the same from the other side.</summary>
    private static readonly TimeSpan HandshakeWithin = TimeSpan.FromSeconds(5);

    /// <summary>Adds it to a silo whose options ask for it.</summary>
    public static void AddTo(ISiloBuilder silo, TlsOptions options)
    {
        if (!options.IsOn)
        {
            return;
        }

        silo.Services.AddSingleton(new SiloCredentials(options));
        silo.Services.AddSingleton<TlsConnections>();
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<TlsConnections>((connections, tls) =>
        {
            connections.ConfigureSiloOutboundConnection(builder => builder.Use(tls.Calling));
            connections.ConfigureSiloInboundConnection(builder => builder.Use(tls.Serving));
            connections.ConfigureGatewayInboundConnection(builder => builder.Use(tls.Serving));
        });
    }

    /// <summary>The side that was called.</summary>
    public ConnectionDelegate Serving(ConnectionDelegate next) => connection => Carry(
        connection, next, (tls, cancel) => tls.AuthenticateAsServerAsync(credentials.Serving(), cancel));

    /// <summary>The side that calls.</summary>
    public ConnectionDelegate Calling(ConnectionDelegate next) => connection => Carry(
        connection, next, (tls, cancel) => tls.AuthenticateAsClientAsync(credentials.Calling(), cancel));

    private async Task Carry(
        ConnectionContext connection, ConnectionDelegate next, Func<SslStream, CancellationToken, Task> handshake)
    {
        var plain = connection.Transport;
        await using var tls = new SslStream(new TransportStream(plain));
        if (!await Shake(connection, tls, handshake))
        {
            connection.Abort();
            return;
        }

        connection.Transport = new Secured(PipeReader.Create(tls), PipeWriter.Create(tls));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = plain;
        }
    }

    private async Task<bool> Shake(
        ConnectionContext connection, SslStream tls, Func<SslStream, CancellationToken, Task> handshake)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        late.CancelAfter(HandshakeWithin);
        try
        {
            await handshake(tls, late.Token);
            return true;
        }
        catch (Exception failure) when (
            failure is AuthenticationException or OperationCanceledException || SiloCredentials.IsOfFiles(failure))
        {
            Refused(connection.RemoteEndPoint?.ToString(), failure.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(EventId = 1010, Level = LogLevel.Warning,
        Message = "No TLS with {Other} ({Why}): one of the two is no silo of the authority's, or its files cannot be "
            + "used")]
    private partial void Refused(string? other, string why);

    private sealed record Secured(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
