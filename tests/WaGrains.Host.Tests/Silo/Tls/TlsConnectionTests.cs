using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using WaGrains.Host.Configuration;
using WaGrains.Host.Silo.Tls;

namespace WaGrains.Host.Tests.Silo.Tls;

/// <summary>Two ends of one connection, over pipes in memory.</summary>
public sealed class TlsConnectionTests
{
    private static readonly byte[] Hello = Encoding.ASCII.GetBytes("what one silo tells another");

    [Fact]
    public async Task Silos_of_one_authority_understand_each_other()
    {
        using var authority = new TestAuthority();

        var (told, answered) = await Talk(authority.Certify("one"), authority.Certify("two"));

        Assert.Equal(Hello, told);
        Assert.Equal(Hello, answered);
    }

    [Fact]
    public async Task A_caller_of_another_authority_is_not_heard()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        var foreign = other.Certify("foreign");

        // It would believe the silo it calls: only its own certificate is foreign.
        var caller = new TlsOptions
        {
            CertificateFile = foreign.CertificateFile,
            KeyFile = foreign.KeyFile,
            AuthorityFile = authority.Certify("two").AuthorityFile,
        };

        var (told, answered) = await Talk(caller, authority.Certify("two"));

        Assert.Null(told);
        Assert.Null(answered);
    }

    [Fact]
    public async Task A_silo_of_another_authority_is_not_told_anything()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        var foreign = other.Certify("foreign");
        var called = new TlsOptions
        {
            CertificateFile = foreign.CertificateFile,
            KeyFile = foreign.KeyFile,
            AuthorityFile = authority.Certify("one").AuthorityFile,
        };

        var (told, answered) = await Talk(authority.Certify("one"), called);

        Assert.Null(told);
        Assert.Null(answered);
    }

    [Fact]
    public async Task A_certificate_whose_time_is_over_is_not_heard()
    {
        using var authority = new TestAuthority();

        var (told, _) = await Talk(authority.Certify("late", validDays: -1), authority.Certify("two"));

        Assert.Null(told);
    }

    [Fact]
    public async Task Who_speaks_plainly_is_not_heard()
    {
        using var authority = new TestAuthority();
        var (caller, called) = Wire();
        var told = Heard(Connections(authority.Certify("two")).Serving, called);

        await caller.Transport.Output.WriteAsync(Hello);
        await caller.Transport.Output.CompleteAsync();

        Assert.Null(await told);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_from_the_next_connection_on()
    {
        using var authority = new TestAuthority();
        var files = authority.Certify("silo");
        var silo = Connections(files);
        var first = await ShownBy(silo, authority.Certify("asker"));

        authority.Certify("silo");
        var second = await ShownBy(silo, authority.Certify("asker"));

        Assert.Equal("CN=silo", first.Subject);
        Assert.NotEqual(first.SerialNumber, second.SerialNumber);
    }

    [Fact]
    public void Files_are_all_given_or_none_and_can_be_used()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        var good = authority.Certify("silo");

        Assert.Empty(new TlsOptions().Mistakes());
        Assert.Empty(good.Mistakes());
        Assert.Single(new TlsOptions { KeyFile = good.KeyFile }.Mistakes());
        Assert.Single(new TlsOptions
        {
            CertificateFile = good.CertificateFile + ".none",
            KeyFile = good.KeyFile,
            AuthorityFile = good.AuthorityFile,
        }.Mistakes());
        Assert.Single(new TlsOptions
        {
            CertificateFile = good.CertificateFile,
            KeyFile = good.KeyFile,
            AuthorityFile = other.Certify("other").AuthorityFile,
        }.Mistakes());
        Assert.Single(authority.Certify("late", validDays: -1).Mistakes());
    }

    private static TlsConnections Connections(TlsOptions files) =>
        new(new SiloCredentials(files), NullLogger<TlsConnections>.Instance);

    /// <summary>The caller says hello, the other repeats what it hears; gives what each heard, null for
    /// nothing.</summary>
    private static async Task<(byte[]? Told, byte[]? Answered)> Talk(TlsOptions calling, TlsOptions called)
    {
        var (one, two) = Wire();
        var told = Heard(Connections(called).Serving, two);
        byte[]? answered = null;
        await Connections(calling).Calling(async connection =>
        {
            try
            {
                await connection.Transport.Output.WriteAsync(Hello);
                var read = await connection.Transport.Input.ReadAtLeastAsync(Hello.Length);
                answered = read.Buffer.Length > 0 ? [.. read.Buffer.First.Span] : null;
            }
            catch (IOException)
            {
                // With TLS 1.3 the caller hears of its refusal only when it reads.
            }
        })(one);
        await one.Transport.Output.CompleteAsync();
        return (await told, answered);
    }

    private static async Task<byte[]?> Heard(
        Func<ConnectionDelegate, ConnectionDelegate> side, DefaultConnectionContext connection)
    {
        byte[]? heard = null;
        await side(async secured =>
        {
            var read = await secured.Transport.Input.ReadAtLeastAsync(Hello.Length);
            heard = read.Buffer.Length > 0 ? [.. read.Buffer.First.Span] : null;
            await secured.Transport.Output.WriteAsync(heard);
        })(connection);
        await connection.Transport.Output.CompleteAsync();
        return heard;
    }

    private static async Task<X509Certificate2> ShownBy(TlsConnections silo, TlsOptions asker)
    {
        var (one, two) = Wire();
        var told = Heard(silo.Serving, two);
        await using var tls = new SslStream(new TransportStream(one.Transport));
        await tls.AuthenticateAsClientAsync(new SiloCredentials(asker).Calling());
        var shown = new X509Certificate2(tls.RemoteCertificate!);
        await tls.WriteAsync(Hello);
        Assert.Equal(Hello, await told);
        return shown;
    }

    private static (DefaultConnectionContext One, DefaultConnectionContext Two) Wire()
    {
        Pipe there = new(), back = new();
        Ends one = new(back.Reader, there.Writer), two = new(there.Reader, back.Writer);
        return (new DefaultConnectionContext("one", one, two), new DefaultConnectionContext("two", two, one));
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
