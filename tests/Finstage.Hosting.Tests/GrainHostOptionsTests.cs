namespace Finstage.Hosting.Tests;

public sealed class GrainHostOptionsTests
{
    [Fact]
    public void Validate_Defaults_ArePromisedAndValid()
    {
        var options = new GrainHostOptions();

        options.Validate();

        Assert.Equal(10_000, options.MailboxLimit);
        Assert.Equal(TimeSpan.FromSeconds(30), options.CallTimeout);
        Assert.Equal(TimeSpan.FromMinutes(10), options.IdleAfter);
        Assert.Equal(64, options.OutsideLimit);
        Assert.Equal(TimeSpan.FromSeconds(1), options.ReminderTick);
        Assert.Equal(100, options.ReminderBatch);
    }

    [Fact]
    public void Validate_EverythingWrong_ListsEveryFault()
    {
        var options = new GrainHostOptions
        {
            MailboxLimit = 0,
            CallTimeout = TimeSpan.Zero,
            IdleAfter = TimeSpan.FromDays(31),
            OutsideLimit = 0,
            ReminderTick = TimeSpan.FromHours(1),
            ReminderBatch = 10_001,
        };

        var error = Assert.Throws<ArgumentException>(options.Validate);

        foreach (var option in typeof(GrainHostOptions).GetProperties())
        {
            Assert.Contains(option.Name, error.Message, StringComparison.Ordinal);
        }
    }
}
