namespace Finstage.Analysis.Strategies;

/// <summary>
/// Whether this volume and those of the candles before are known and above zero: what every rule over volume asks first.
/// </summary>
/// <param name="inputs">Where the numbers come from.</param>
/// <param name="period">The number of candles before.</param>
public readonly struct VolumeStreak(Inputs inputs, int period = 20)
{
    private readonly Series streak = inputs.Use("volume-streak");

    /// <summary>Whether this volume and all of those before are known.</summary>
    public bool At(Row row) => streak[row] > period;
}

/// <summary>
/// The volume beside its average over the candles before. A volume rule speaks only where this volume and all of those are known
/// and above zero.
/// </summary>
/// <param name="inputs">Where the numbers come from.</param>
/// <param name="period">The number of candles before.</param>
public readonly struct KnownVolume(Inputs inputs, int period = 20)
{
    private readonly Series volume = inputs.Volume;
    private readonly Series average = inputs.Use($"volume-average:{period},1");
    private readonly VolumeStreak streak = new(inputs, period);

    /// <summary>Whether this volume and all of those before are known.</summary>
    public bool At(Row row) => streak.At(row);

    /// <summary>The average volume of the candles before; NaN unless all are known.</summary>
    public double Average(Row row) => At(row) ? average[row] : double.NaN;

    /// <summary>This volume as a multiple of the average; NaN unless all are known.</summary>
    public double Ratio(Row row) => volume[row] / Average(row);

    /// <summary>Watches for a volume of at least a multiple of the average.</summary>
    public void Watch(Watch watch, double multiple) => watch.AtLeast(volume, average, multiple);

    /// <summary>Whether all are known and this volume is at least a multiple of the average.</summary>
    public bool AtLeast(double multiple, Row row) => At(row) && Compare.AtLeast(volume[row], multiple * average[row]);

    /// <summary>Whether all are known and this volume is above a multiple of the average.</summary>
    public bool Above(double multiple, Row row) => At(row) && Compare.Above(volume[row], multiple * average[row]);
}
