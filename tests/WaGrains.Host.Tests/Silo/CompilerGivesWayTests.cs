using System.Globalization;
using WaGrains.Host.Silo;

namespace WaGrains.Host.Tests.Silo;

public sealed class CompilerGivesWayTests
{
    private const int PlaceOfNice = 18;

    [Fact]
    public void Thread_that_compiles_anew_yields_and_no_other_does()
    {
        using var compiler = new Idler(".NET Tiered Compilation Worker");
        using var other = new Idler(".NET Sockets");
        CompilerGivesWay.Look();
        Assert.Equal(10, compiler.Nice - other.Nice);
    }

    /// <summary>A thread of this name that does nothing.</summary>
    private sealed class Idler : IDisposable
    {
        private readonly ManualResetEvent _isThere = new(false);
        private readonly ManualResetEvent _isOver = new(false);
        private readonly Thread _thread;
        private string _id = "";

        public Idler(string name)
        {
            _thread = new Thread(Run) { Name = name };
            _thread.Start();
            _isThere.WaitOne();
        }

        // The fields of stat(5) behind the name, which ends with the last parenthesis.
        public int Nice => int.Parse(
            File.ReadAllText($"/proc/self/task/{_id}/stat").Split(')')[^1].Split(' ')[PlaceOfNice - 1],
            CultureInfo.InvariantCulture);

        public void Dispose()
        {
            _isOver.Set();
            _thread.Join();
            _isThere.Dispose();
            _isOver.Dispose();
        }

        private void Run()
        {
            _id = Path.GetFileName(File.ResolveLinkTarget("/proc/thread-self", false)!.FullName);
            _isThere.Set();
            _isOver.WaitOne();
        }
    }
}
