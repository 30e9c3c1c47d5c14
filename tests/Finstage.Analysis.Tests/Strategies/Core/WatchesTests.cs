using Finstage.Analysis.Strategies;

namespace Finstage.Analysis.Tests.Strategies.Core;

/// <summary>A rule must be asked whenever what it watches for happened, by the plain comparisons that rules make themselves.</summary>
public sealed class WatchesTests
{
    private const int Width = Row.FreeSlot + 2;
    private const int Rows = 20_000;
    private const int History = Inputs.History;
    private static readonly Series A = new(Row.FreeSlot);
    private static readonly Series B = new(Row.FreeSlot + 1);

    [Fact]
    public void Next_WhateverHappened_IsNeverMissed()
    {
        var (asked, happened) = (0, 0);
        foreach (var (declare, happens) in Cases())
        {
            var watches = new Watches();
            declare(new Watch(watches, 7));
            watches.Begin(Width);
            for (var i = 0; i < Rows; i++)
            {
                var row = RowAt(i);
                var isAsked = watches.Next(row) == 1UL << 7;
                asked += isAsked ? 1 : 0;
                happened += happens(row) ? 1 : 0;
                Assert.True(isAsked || !happens(row), $"Row {i} was passed over.");
            }
        }

        Assert.InRange(happened, 1_000, asked);
        Assert.True(asked < Cases().Count * Rows / 2, "Hardly any row was passed over.");
    }

    [Fact]
    public void Next_AfterReset_ForgetsWhereSeriesStood()
    {
        var watches = new Watches();
        new Watch(watches, 0).Crossings(A, B);
        watches.Begin(Width);
        var row = RowAt(Enumerable.Range(1, Rows - 1).First(i => A[RowAt(i)] > B[RowAt(i)] + 0.1 && A[RowAt(i - 1)] > B[RowAt(i - 1)] + 0.1));
        watches.Next(row);
        Assert.Equal(0UL, watches.Next(row));

        watches.Reset();

        Assert.Equal(1UL, watches.Next(row));
    }

    [Fact]
    public void Next_MorePairsThanAWordHolds_KnowsEachOne()
    {
        var watches = new Watches();
        for (var strategy = 0; strategy < Watches.StrategiesMax; strategy++)
        {
            new Watch(watches, strategy).Outside(A, 40 - strategy, 60 + strategy);
        }

        watches.Begin(Width);
        for (var i = 0; i < 500; i++)
        {
            var (row, value) = (RowAt(i), A[RowAt(i)]);
            var due = watches.Next(row);
            for (var strategy = 0; strategy < Watches.StrategiesMax; strategy++)
            {
                var isOutside = !(value > 40 - strategy && value < 60 + strategy);
                Assert.Equal(isOutside, (due >> strategy & 1) != 0);
            }
        }
    }

    private static IReadOnlyList<(Action<Watch> Declare, Func<Row, bool> Happens)> Cases() =>
    [
        (w => w.Crossings(A, B), r => Compare.CrossesAbove(A, B, r) || Compare.CrossesBelow(A, B, r)),
        (w => w.Crossings(A, B, 1.02), r => Enters(x => Compare.Above(A[x], B[x] * 1.02), r) || Enters(x => Compare.Below(A[x], B[x] * 1.02), r)),
        (w => w.Crossings(A, 50), r => Compare.CrossesAbove(A, 50, r) || Compare.CrossesBelow(A, 50, r)),
        (w => w.Rises(A, 50), r => Enters(x => Compare.Above(A[x], 50), r)),
        (w => w.Falls(A, 50), r => Enters(x => Compare.Below(A[x], 50), r)),
        (w => w.TurnsUp(A, 2), r => A[r - 3] < A[r - 4] && A[r - 2] > A[r - 3]),
        (w => w.TurnsDown(A), r => A[r - 1] > A[r - 2] && A[r] < A[r - 1]),
        (w => w.AtLeast(A, B, 1.5), r => Compare.AtLeast(A[r], B[r] * 1.5)),
        (w => w.AtMost(A, B, 0.5), r => Compare.AtMost(A[r], B[r] * 0.5)),
        (w => w.Outside(A, 30, 70), r => Compare.Below(A[r], 30) || Compare.Above(A[r], 70)),
    ];

    private static bool Enters(Func<Row, bool> holds, Row row) => holds(row) && !holds(row - 1);

    // Two walks between 0 and 100 that meet often, stand still now and then, and are absent at times.
    private static readonly double[] Numbers = Make();

    private static Row RowAt(int i) => new(Numbers, (History + i) * Width, Width);

    private static double[] Make()
    {
        var random = new Random(11);
        var numbers = new double[(History + Rows) * Width];
        var (a, b) = (50d, 50d);
        for (var i = 0; i < History + Rows; i++)
        {
            a = random.Next(10) == 0 ? b : Math.Clamp(a + random.Next(-8, 9), 0, 100);
            b = random.Next(10) == 0 ? b : Math.Clamp(b + (random.NextDouble() * 4) - 2, 0, 100);
            numbers[(i * Width) + Row.OneSlot] = 1;
            numbers[(i * Width) + A.Slot] = i < History || random.Next(50) == 0 ? double.NaN : a;
            numbers[(i * Width) + B.Slot] = i < History || random.Next(50) == 0 ? double.NaN : b;
        }

        return numbers;
    }
}
