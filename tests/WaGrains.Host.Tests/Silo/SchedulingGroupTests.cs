using WaGrains.Host.Silo;

namespace WaGrains.Host.Tests.Silo;

public sealed class SchedulingGroupTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData(0, "10")]
    [InlineData(5, "15")]
    [InlineData(15, "19")]
    public void A_group_gives_way_and_takes_its_share_back(int nice, string meanwhile)
    {
        var group = Told($"/autogroup-77 nice {nice}\n");

        group.GiveWay();
        Assert.Equal(meanwhile, File.ReadAllText(_file));

        Assert.True(group.TakeShare());
        Assert.Equal($"{nice}", File.ReadAllText(_file));
    }

    [Theory]
    [InlineData("/autogroup-77 nice -5\n")]
    [InlineData("")]
    public void A_group_that_could_not_go_back_is_left_alone(string told)
    {
        var group = Told(told);

        group.GiveWay();

        Assert.Equal(told, File.ReadAllText(_file));
        Assert.True(group.TakeShare());
        Assert.Equal(told, File.ReadAllText(_file));
    }

    [Fact]
    public void What_the_kernel_does_not_take_is_tried_again()
    {
        var group = Told("/autogroup-77 nice 0\n");
        group.GiveWay();
        File.Delete(_file);
        Directory.CreateDirectory(_file);

        Assert.False(group.TakeShare());

        Directory.Delete(_file);
        Assert.True(group.TakeShare());
        Assert.Equal("0", File.ReadAllText(_file));
    }

    [Fact]
    public void Where_there_is_no_group_nothing_is_done()
    {
        File.Delete(_file);
        var group = new SchedulingGroup(_file);

        group.GiveWay();

        Assert.True(group.TakeShare());
        Assert.False(File.Exists(_file));
    }

    public void Dispose() => File.Delete(_file);

    private SchedulingGroup Told(string told)
    {
        File.WriteAllText(_file, told);
        return new SchedulingGroup(_file);
    }
}
