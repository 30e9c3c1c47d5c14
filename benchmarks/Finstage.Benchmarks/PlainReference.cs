using Finstage.Analysis.Candles;

namespace Finstage.Benchmarks;

/// <summary>
/// The six indicators as one would first write them: a class each, running sums, a queue of the last candles for what looks at all of
/// them. What times are compared with.
/// </summary>
internal sealed class PlainReference(Candle[][] windows)
{
    public double OneAtATime()
    {
        var sum = 0d;
        foreach (var window in windows)
        {
            var six = new PlainSix();
            foreach (ref readonly var candle in window.AsSpan())
            {
                sum += six.Update(candle);
            }
        }

        return sum;
    }

    /// <summary>What one window allocates.</summary>
    public long BytesOfOneWindow()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var six = new PlainSix();
        foreach (ref readonly var candle in windows[0].AsSpan())
        {
            six.Update(candle);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class PlainSix
    {
        private readonly Queue<double> closes = new();
        private readonly Queue<Candle> range = new();
        private readonly Queue<double> ks = new();
        private readonly Queue<double> slowKs = new();
        private readonly PlainEma ema = new(20);
        private readonly PlainEma fast = new(12);
        private readonly PlainEma slow = new(26);
        private readonly PlainEma signal = new(9);
        private double closeSum;
        private double previous = double.NaN;
        private double gain;
        private double loss;
        private int changes;

        public double Update(in Candle candle)
        {
            var close = candle.Close;
            closes.Enqueue(close);
            closeSum += close;
            if (closes.Count > 20)
            {
                closeSum -= closes.Dequeue();
            }

            var mean = closeSum / closes.Count;
            var squares = 0d;
            foreach (var value in closes)
            {
                squares += (value - mean) * (value - mean);
            }

            var deviation = Math.Sqrt(squares / closes.Count);
            var macd = fast.Add(close) - slow.Add(close);
            return mean + (2 * deviation) + ema.Add(close) + macd + signal.Add(macd) + Rsi(close) + Stochastic(candle);
        }

        private double Rsi(double close)
        {
            var change = double.IsNaN(previous) ? 0 : close - previous;
            previous = close;
            changes = Math.Min(changes + 1, 14);
            gain += (Math.Max(change, 0) - gain) / changes;
            loss += (Math.Max(-change, 0) - loss) / changes;
            return gain + loss == 0 ? 50 : 100 * gain / (gain + loss);
        }

        private double Stochastic(in Candle candle)
        {
            range.Enqueue(candle);
            if (range.Count > 14)
            {
                range.Dequeue();
            }

            var (high, low) = (double.MinValue, double.MaxValue);
            foreach (var one in range)
            {
                high = Math.Max(high, one.High);
                low = Math.Min(low, one.Low);
            }

            var k = Mean(ks, high == low ? 50 : 100 * (candle.Close - low) / (high - low));
            return k + Mean(slowKs, k);
        }

        private static double Mean(Queue<double> three, double value)
        {
            three.Enqueue(value);
            if (three.Count > 3)
            {
                three.Dequeue();
            }

            var sum = 0d;
            foreach (var one in three)
            {
                sum += one;
            }

            return sum / three.Count;
        }
    }

    private sealed class PlainEma(int period)
    {
        private double value = double.NaN;

        public double Add(double next) =>
            value = double.IsNaN(value) ? next : value + (2d / (period + 1) * (next - value));
    }
}
