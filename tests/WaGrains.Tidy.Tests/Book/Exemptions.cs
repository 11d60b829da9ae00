namespace WaGrains.Tidy.Tests.Book;

/// <summary>The whole list of what breaks a rule on purpose. An entry that is no longer needed fails the run.</summary>
public static class Exemptions
{
    public static IReadOnlyList<Exemption> All { get; } =
    [
        Name("src/WaGrains.Engine/Intake/CallbackData.cs", "CallbackData",
            "Meta's own word: biz_opaque_callback_data."),
        Name("src/WaGrains.Host/Configuration/DataFolder.cs", "DataFolder",
            "The word the operator knows the folder by: WAGRAINS_DATA and data/."),
        Alone("src/WaGrains.Grains/RecoveryService.cs", "IRecoveryService",
            "Orleans addresses a grain service by its interface; its one implementation is the rule."),
        AsyncVoid("src/WaGrains.Grains/Hints/HintCarrier.cs", "Start",
            "Started where nobody can wait; what it does not catch ends the process, a dropped task would hide it."),
        AsyncVoid("src/WaGrains.Host/Sending/GraphCalls.cs", "Run",
            "Started where nobody can wait; what it does not catch ends the process, a dropped task would hide it."),
        AsyncVoid("tests/WaGrains.Simulation.Tests/World/SimWorld.cs", "Guard",
            "It is the owner of work nobody awaits: it catches every exception and reports it as a finding."),
        CatchAll("src/WaGrains.Engine/Turns/Activation.cs", "Run",
            "The turn boundary: a bug in a decision costs this turn and this activation, nothing else."),
        CatchAll("src/WaGrains.Engine/Owners/SeatCall.cs", "Begin",
            "Where a turn begins: what it throws is its caller's answer, who would wait for ever."),
        CatchAll("src/WaGrains.Host/Demo/DemoLife.cs", "ExecuteAsync",
            "The top of the demo's loop: it ends alone and is logged, the host it decorates goes on."),
        Blocking("tests/WaGrains.Engine.Tests/Finished.cs",
            "The one place here that unwraps tasks; it first checks that they are complete, so nothing waits."),
        Blocking("tests/WaGrains.Simulation.Tests/World/Inline.cs",
            "The one place here that unwraps tasks; it first checks that they are complete, so nothing waits."),
        new("console", "src/WaGrains.Host/Demo/TerminalView.cs", "Console", 0,
            "The demo's console view: printing is what it is for."),
        new("chance", "tests/WaGrains.Simulation.Tests/Seeds.cs", "Guid.NewGuid", 0,
            "Draws the fresh seed itself; it is printed, can be set, and all else follows from it."),
        new("sleep", "load/WaGrains.Load/Arrivals/ShortSleep.cs", "Thread.Sleep", 0,
            "Paces the generator's own thread; a timer's delay would be added to every measured latency."),
    ];

    private static Exemption Name(string path, string type, string why) => new("banned name", path, type, 0, why);

    private static Exemption Alone(string path, string type, string why) => new("lone interface", path, type, 0, why);

    private static Exemption AsyncVoid(string path, string method, string why) =>
        new("async void", path, method, 0, why);

    private static Exemption CatchAll(string path, string method, string why) => new("catch all", path, method, 0, why);

    private static Exemption Blocking(string path, string why) => new("blocking wait", path, "GetResult", 0, why);
}
