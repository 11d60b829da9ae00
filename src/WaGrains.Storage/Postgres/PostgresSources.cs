using Npgsql;

namespace WaGrains.Storage.Postgres;

/// <summary>The three ways this store talks to its database, each with the settings its work wants.</summary>
internal sealed class PostgresSources : IAsyncDisposable
{
    /// <summary>Reads at once, per silo: more than two cores can use, fewer than a server's hundred connections allow a
    /// handful of silos.</summary>
    private const int ReadersMax = 16;

    /// <summary>Statements kept prepared per connection: there are about sixty, and the archive's once per month in
    /// use.</summary>
    private const int PreparedMax = 256;

    /// <summary>Seconds until the client gives a commit up as lost; the server gives up before.</summary>
    private const int CommitTimeoutSeconds = 30;

    /// <summary>
    /// Every statement of a commit looks rows up by key, a few hundred at most: a nested loop with the table's index
    /// inside is always right. The costs make the planner see it so even while a table is all but empty, because the
    /// plan outlives that: with its own costs it reads such a table as a whole, and went on doing so when it had grown
    /// (seven times the server's work per message, measured). A commit that waits for a lock for ten seconds gives up;
    /// one whose client freezes between two steps ends after two.
    /// </summary>
    private const string CommitSettings =
        "-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c enable_bitmapscan=off"
        + " -c random_page_cost=0 -c seq_page_cost=0 -c cpu_tuple_cost=1 -c cpu_operator_cost=0.0001"
        + " -c cpu_index_tuple_cost=0.0001 -c plan_cache_mode=force_generic_plan -c jit=off"
        + " -c statement_timeout=20s -c lock_timeout=10s"
        + " -c idle_in_transaction_session_timeout=2s";

    /// <summary>Look-ups by key here too, with some regard for what a page costs: lists are long. A bitmap of all that
    /// a tenant has is what the planner would make of a key that begins with the tenant.</summary>
    private const string ReadSettings =
        "-c default_transaction_read_only=on -c jit=off -c enable_seqscan=off -c enable_bitmapscan=off"
        + " -c enable_hashjoin=off"
        + " -c enable_mergejoin=off -c random_page_cost=1.1 -c cpu_tuple_cost=0.1"
        + " -c statement_timeout=60s -c idle_in_transaction_session_timeout=30s";

    public PostgresSources(string connectionString)
    {
        Plain = NpgsqlDataSource.Create(With(connectionString, builder => builder.Pooling = false));
        Commits = NpgsqlDataSource.Create(With(connectionString, builder =>
        {
            builder.Pooling = false;
            builder.MaxAutoPrepare = PreparedMax;
            builder.AutoPrepareMinUsages = 2;
            builder.IncludeFailedBatchedCommand = true;
            builder.CommandTimeout = CommitTimeoutSeconds;
            builder.KeepAlive = 0;
            builder.Options = Joined(builder.Options, CommitSettings);
        }));
        Reads = NpgsqlDataSource.Create(With(connectionString, builder =>
        {
            builder.MaxPoolSize = ReadersMax;
            builder.MaxAutoPrepare = PreparedMax;
            builder.NoResetOnClose = true;
            builder.Options = Joined(builder.Options, ReadSettings);
        }));
    }

    /// <summary>For schema, fences and upkeep: a connection of its own each time.</summary>
    public NpgsqlDataSource Plain { get; }

    /// <summary>For the one connection that commits.</summary>
    public NpgsqlDataSource Commits { get; }

    /// <summary>For reads, pooled.</summary>
    public NpgsqlDataSource Reads { get; }

    public async ValueTask DisposeAsync()
    {
        await Commits.DisposeAsync();
        await Reads.DisposeAsync();
        await Plain.DisposeAsync();
    }

    private static string With(string connectionString, Action<NpgsqlConnectionStringBuilder> set)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Enlist = false,
            Multiplexing = false,
            TcpKeepAlive = true,
        };
        set(builder);
        return builder.ToString();
    }

    private static string Joined(string? own, string ours) => string.IsNullOrEmpty(own) ? ours : own + " " + ours;
}
