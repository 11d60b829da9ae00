using System.Diagnostics;
using WaGrains.Load.Measures;

namespace WaGrains.Load.Exchanges;

/// <summary>
/// The truth of one run: which exchanges were started, what of each has happened, and how long it took. Written by all
/// connections and by the Graph stub at once.
/// </summary>
/// <param name="run">Tells this run's messages from those of another; upper half of every id.</param>
/// <param name="population">Who writes.</param>
/// <param name="capacity">Most exchanges that may be started.</param>
/// <param name="needsAnswer">Whether an exchange also needs an answer of ours through the REST API.</param>
internal sealed class Ledger(uint run, Population population, int capacity, bool needsAnswer)
{
    private const int Acknowledged = 1;
    private const int Replied = 2;
    private const int FirstStatus = 4;
    private const int Answered = 32;
    private readonly int _complete = needsAnswer ? 63 : 31;
    private readonly long[] _intended = new long[capacity];
    private readonly int[] _done = new int[capacity];
    private readonly TaskCompletionSource _allDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _from = long.MaxValue;
    private long _to = long.MaxValue;
    private int _started;
    private int _closed;
    private long _completed;
    private long _completedInWindow;
    private long _unmatched;
    private long _doubled;
    private int _outbound;

    /// <summary>The run's own half of the ids.</summary>
    public uint Run => run;

    /// <summary>Who writes.</summary>
    public Population Population => population;

    /// <summary>Times of everything that began in the measured window.</summary>
    public Latencies Latencies { get; } = new();

    /// <summary>What went wrong, by kind and code.</summary>
    public Errors Errors { get; } = new();

    /// <summary>Exchanges started so far.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>Exchanges of which everything has happened.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>Of them, those completed inside the window.</summary>
    public long CompletedInWindow => Interlocked.Read(ref _completedInWindow);

    /// <summary>Sends that answer no exchange of this run.</summary>
    public long Unmatched => Interlocked.Read(ref _unmatched);

    /// <summary>Sends that answer an exchange that had its reply.</summary>
    public long Doubled => Interlocked.Read(ref _doubled);

    /// <summary>Done when arrivals are closed and every started exchange is complete.</summary>
    public Task AllDone => _allDone.Task;

    /// <summary>
    /// Sets the measured window, Stopwatch ticks; latencies are taken by the exchange's intended instant.
    /// </summary>
    public void Measure(long from, long to)
    {
        Volatile.Write(ref _from, from);
        Volatile.Write(ref _to, to);
    }

    /// <summary>Starts an exchange. False when the run's capacity is used up.</summary>
    public bool TryStart(long intended, out int exchange)
    {
        exchange = _started;
        if (exchange == capacity)
        {
            return false;
        }

        _intended[exchange] = intended;
        Volatile.Write(ref _started, exchange + 1);
        return true;
    }

    /// <summary>Says that no further exchange will start.</summary>
    public void CloseArrivals()
    {
        Volatile.Write(ref _closed, 1);
        FinishIfDone();
    }

    /// <summary>The host answered a request with success.</summary>
    public void Succeeded(in Work work)
    {
        var now = Stopwatch.GetTimestamp();
        var series = work.Kind switch
        {
            WorkKind.Message => Latencies.Acknowledgement,
            WorkKind.Status => Latencies.Status,
            WorkKind.Answer => Latencies.Answer,
        };
        Record(series, work.Exchange, work.Intended, now);
        Mark(work.Exchange, work.Kind switch
        {
            WorkKind.Message => Acknowledged,
            WorkKind.Status => FirstStatus << (int)work.Status,
            WorkKind.Answer => Answered,
        });
    }

    /// <summary>Notes how long a request waited for the generator itself (wake-up, free connection).</summary>
    public void Left(in Work work) => Record(Latencies.Wait, work.Exchange, work.Intended, Stopwatch.GetTimestamp());

    /// <summary>A send reached the Graph stub.</summary>
    /// <param name="id">What its context or text names, or null.</param>
    /// <param name="exchange">The exchange it is the first reply of.</param>
    /// <param name="outbound">Ordinal of the message of ours, unique in the run.</param>
    /// <returns>Whether it is the first reply of an exchange of this run.</returns>
    public bool TryReply(ulong? id, out int exchange, out int outbound)
    {
        var now = Stopwatch.GetTimestamp();
        outbound = Interlocked.Increment(ref _outbound);
        exchange = id is { } known && (uint)(known >> 32) == run ? (int)(known & int.MaxValue) : -1;
        if (exchange < 0 || exchange >= Started)
        {
            Interlocked.Increment(ref _unmatched);
            return false;
        }

        if ((Mark(exchange, Replied) & Replied) != 0)
        {
            Interlocked.Increment(ref _doubled);
            return false;
        }

        Record(Latencies.Reply, exchange, _intended[exchange], now);
        return true;
    }

    private int Mark(int exchange, int bit)
    {
        var before = Interlocked.Or(ref _done[exchange], bit);
        if (before != _complete && (before | bit) == _complete)
        {
            var now = Stopwatch.GetTimestamp();
            if (now >= Volatile.Read(ref _from) && now < Volatile.Read(ref _to))
            {
                Interlocked.Increment(ref _completedInWindow);
            }

            Interlocked.Increment(ref _completed);
            FinishIfDone();
        }

        return before;
    }

    private void FinishIfDone()
    {
        if (Volatile.Read(ref _closed) == 1 && Completed == Started)
        {
            _allDone.TrySetResult();
        }
    }

    private void Record(Series series, int exchange, long since, long now)
    {
        var intended = _intended[exchange];
        if (intended >= Volatile.Read(ref _from) && intended < Volatile.Read(ref _to))
        {
            series.Record(now - since);
        }
    }
}
