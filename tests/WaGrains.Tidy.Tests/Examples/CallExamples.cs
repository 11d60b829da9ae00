namespace WaGrains.Tidy.Tests.Examples;

internal static class CallExamples
{
    private const string Domain = "src/WaGrains.Domain/A.cs";
    private const string Host = "src/WaGrains.Host/A.cs";
    private const string Test = "tests/WaGrains.Host.Tests/ATests.cs";

    public static IEnumerable<Example> All { get; } =
    [
        Body("clock", 5, Host,
            "var a = DateTimeOffset.UtcNow; var b = System.DateTimeOffset.Now; var c = DateTime.Today; "
            + "var d = System.DateTime.MinValue; var e = Environment.TickCount64;"),
        Body("clock", 1, Test, "var a = DateTimeOffset.UtcNow;"),
        Body("clock", 0, Host,
            "var a = time.GetUtcNow(); var b = at.DateTime.Ticks; var c = DateTimeOffset.UnixEpoch;"),
        Body("chance", 6, Test,
            "var a = Random.Shared.Next(); var b = new Random(); Random c = new(); Random d = new() { }; "
            + "var e = Guid.NewGuid(); var f = System.Guid.CreateVersion7();"),
        Body("chance", 0, Host,
            "var a = new Random(seed); Random b = new(seed); var c = new Guid(bytes); List<int> d = new();"),
        Body("seeded chance", 2, Domain, "var a = new Random(7); Random b = new(7);"),
        Body("seeded chance", 0, Domain, "var a = chance.NextDouble();"),
        Body("delay", 2, Host, "await Task.Delay(span); await Task.Delay(span, token);"),
        Body("delay", 0, Host, "await Task.Delay(span, time, token); await Task.Delay(span, TimeProvider.System);"),
        Body("sleep", 2, Test, "Thread.Sleep(1); System.Threading.Thread.Sleep(1);"),
        Body("sleep", 0, Host, "sheep.Sleep();"),
        Body("sleep in tests", 1, Test, "await Task.Delay(span, time);"),
        Body("sleep in tests", 0, Test, "await Task.Yield();"),
        Body("console", 2, Host, "Console.WriteLine(1); System.Console.Error.Write(1);"),
        Body("console", 0, "src/WaGrains.Sandbox/Program.cs", "Console.WriteLine(1);"),
        Body("console", 0, "src/WaGrains.Sandbox/ConsoleReport.cs", "Console.WriteLine(1);"),

        Example.Of("waiting in Domain", 4, Domain,
            "class A { async Task<int> M(CancellationToken t) { await Other(); } }"),
        Example.Of("waiting in Domain", 1, Domain, "class A { ValueTask M() => default; }"),
        Example.Of("waiting in Domain", 0, Domain, "class A { int M(DateTimeOffset now) => 1; }"),
        Example.Of("waiting in Domain", 0, Host, "class A { Task M() => Task.CompletedTask; }"),
        Body("task run", 2, Host, "await Task.Run(Work); await Task.Factory.StartNew(Work);"),
        Body("task run", 0, Host, "await loop.Run(token);"),
        Body("blocking wait", 4, Test,
            "var a = ReadAsync().Result; var b = task.Result; task.Wait(); x.GetAwaiter().GetResult();"),
        Body("blocking wait", 0, Host,
            "var a = answer.Result; await gate.WaitAsync(token); var b = typed.Result.Value;"),
        Example.Of("async void", 2, Test, "class A { async void M() { async void L() { } } }"),
        Example.Of("async void", 0, Test, "class A { async Task M() { void L() { } } }"),
        Body("dropped task", 4, Host, "_ = SendAsync(); _ = Task.Run(Work); log.FlushAsync(); log?.FlushAsync();"),
        Body("dropped task", 0, Host,
            "await SendAsync(); var t = SendAsync(); _ = map.TryAdd(1, 2); _sent = SendAsync();"),
        Body("catch all", 3, Host,
            "try { } catch { } try { } catch (Exception) { } try { } catch (System.Exception e) { }"),
        Body("catch all", 0, Host,
            "try { } catch (IOException) { } try { } catch (Exception e) when (e is IOException) { }"),
        Body("configure await", 1, "src/WaGrains.Grains/A.cs", "await Commit().ConfigureAwait(false);"),
        Body("configure await", 0, Host, "await Commit().ConfigureAwait(false);"),

        Body("direct log call", 3, Host,
            "log.LogInformation(\"x\"); log?.LogError(e, \"x\"); log.Log(LogLevel.Debug, \"x\");"),
        Body("direct log call", 0, Host, "log.LogDrained(3); Math.Log(2);"),
        Body("interpolated log", 2, Host, "log.LogInformation($\"x {a}\"); LogDrained(log, \"x\" + a);"),
        Body("interpolated log", 0, Host, "LogDrained(log, a); Tell($\"x {a}\");"),
        Example.Of("private log property", 2, Host,
            """class L { [LoggerMessage(1, LogLevel.Debug, "to {WaId}, {PhoneNumberId}: {Text}")] void M() { } }"""),
        Example.Of("private log property", 0, Host,
            """class L { [LoggerMessage(1, LogLevel.Debug, "{PhoneNumberId} sent {BodyBytes}")] void M() { } }"""),
    ];

    private static Example Body(string rule, int findings, string path, string statements) =>
        Example.Of(rule, findings, path, $"class A {{ async Task M() {{ {statements} }} }}");
}
