namespace WaGrains.Load.Options;

/// <summary>The text shown for --help and after a mistake.</summary>
internal static class Usage
{
    /// <summary>All options with their defaults.</summary>
    public const string Text = """
        Drives a WaGrains host on this machine with full exchanges (inbound webhook, reply, three statuses).

          --rate 500 --seconds 30 --warmup 5 --drain 15 --seed 1 --connections 32
          --find-max [--max-rate 20000]      highest rate with p99 acknowledgement < 250 ms and nothing left behind
          --idle N                           memory per conversation of N idle conversations
          --url http://127.0.0.1:5080 [--url ...] --graph-url http://127.0.0.1:5081      loopback only
          --operator-key KEY | --operator-key-file ./data/operator.key
          --app load --secret load-app-secret --tenant load [--tenant-key KEY | --tenant-key-file FILE]
          --numbers 50 --contacts 5000 --mix bot|agents [--configuration FILE]
          --mode exchanges|noisy-neighbour|archive|two-silos|cold-start|engine-cost|hot-conversation|hot-number
                 |assignment|keyword-reply|memory|pace-wheel|pace-numbers|cloud-pace
                                             see load/README.md; all but the first start what they need
            --pairs 5 --store memory|sqlite|postgres --messages 5000000 --conversations 1000000 --noise 20
            --per-second 20|80|1000 (cloud-pace)
            --webhooks-max N --tenant-share X --updates-per-tenant N
            --host src/WaGrains.Host/bin/Release/publish/WaGrains.Host.dll
          --host-pid PID --json load/results/runs.jsonl --label TEXT

        Exit codes: 0 good; 1 a reply was unmatched, doubled or left behind, or a bar was missed; 2 usage;
        3 set-up failed; 130 stopped.
        """;
}
