using System.Globalization;
using System.Text.RegularExpressions;

namespace WaGrains.Host.Silo;

/// <summary>
/// The group that Linux schedules this process in. It makes one of the processes of each session, with a "nice" of its
/// own (sched(7), autogroup) that anybody may raise and lower between 0 and 19. Where there is no such group, as in a
/// container, nothing is done.
/// </summary>
/// <param name="file">The file it is seen and set by.</param>
internal sealed partial class SchedulingGroup(string file)
{
    private const string Own = "/proc/self/autogroup";

    /// <summary>Nicer than the others by so much, it gets a tenth of what one of them gets beside it.</summary>
    private const int Nicer = 10;

    private const int NicestOfAll = 19;

    private int? _before;

    /// <summary>The group of this process.</summary>
    /// <param name="givesWay">Whether it gives way from now on, see <see cref="GiveWay"/>.</param>
    public static SchedulingGroup OfThis(bool givesWay)
    {
        var group = new SchedulingGroup(Own);
        if (givesWay)
        {
            group.GiveWay();
        }

        return group;
    }

    /// <summary>Gives way to other groups, where that can be taken back: one that goes before them stays so.</summary>
    public void GiveWay()
    {
        if (Nice() is { } nice and >= 0 && IsSet(Math.Min(NicestOfAll, nice + Nicer)))
        {
            _before = nice;
        }
    }

    /// <summary>Ends <see cref="GiveWay"/>.</summary>
    /// <returns>Whether it has; try again where not: the kernel takes one change in a tenth of a second from all
    /// processes together.</returns>
    public bool TakeShare()
    {
        if (_before is { } before && IsSet(before))
        {
            _before = null;
        }

        return _before is null;
    }

    private int? Nice()
    {
        try
        {
            var told = File.Exists(file) ? Told().Match(File.ReadAllText(file)) : Match.Empty;
            return told.Success ? int.Parse(told.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool IsSet(int nice)
    {
        try
        {
            File.WriteAllText(file, nice.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>As in "/autogroup-123 nice 0".</summary>
    [GeneratedRegex(@"^/autogroup-\d+ nice (-?\d+)\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Told();
}
