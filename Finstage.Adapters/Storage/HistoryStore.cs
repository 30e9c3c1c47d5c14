using Dapper;
using Finstage.Analysis.Candles;
using Finstage.Grains.Ports;

namespace Finstage.Adapters.Storage;

/// <summary>What feeds were asked for.</summary>
internal sealed class HistoryStore(ISqlDatabase database) : IHistoryStore
{
    private const string Marks =
        """
        SELECT symbol AS Symbol, candle_interval AS CandleInterval, source AS Source, from_time AS FromTime, split_time AS SplitTime,
               whole_ms AS WholeMs
        FROM history_marks WHERE symbol = @symbol ORDER BY candle_interval
        """;

    private const string UpdateMark =
        """
        UPDATE history_marks SET source = @Source, from_time = @From, split_time = @SplitTime, whole_ms = @WholeMs
        WHERE symbol = @Symbol AND candle_interval = @Interval
        """;

    private const string Holes =
        """
        SELECT session_date AS SessionDate, tries AS Tries FROM history_holes
        WHERE symbol = @symbol AND candle_interval = @interval ORDER BY session_date
        """;

    private const string CountHole =
        "UPDATE history_holes SET tries = tries + 1 WHERE symbol = @Symbol AND candle_interval = @Interval AND session_date = @Date";

    private readonly string insertMark =
        $"""
        {database.Dialect.InsertNew} history_marks (symbol, candle_interval, source, from_time, split_time, whole_ms)
        VALUES (@Symbol, @Interval, @Source, @From, @SplitTime, @WholeMs) {database.Dialect.IfNew}
        """;

    private readonly string insertHole =
        $"""
        {database.Dialect.InsertNew} history_holes (symbol, candle_interval, session_date, tries)
        VALUES (@Symbol, @Interval, @Date, 1) {database.Dialect.IfNew}
        """;

    public Task<IReadOnlyList<HistoryMark>> ReadMarksAsync(string symbol, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<HistoryMark>>(
            c =>
            [
                .. c.Query<MarkData>(Marks, new { symbol }).Select(m => new HistoryMark(
                    m.Symbol, (CandleInterval)m.CandleInterval, m.Source, m.FromTime, m.SplitTime, DateTimeOffset.FromUnixTimeMilliseconds(m.WholeMs))),
            ],
            cancellation);

    public Task<IReadOnlyDictionary<DateOnly, int>> ReadHolesAsync(string symbol, CandleInterval interval, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<DateOnly, int>>(
            c => c.Query<(long Date, long Tries)>(Holes, new { symbol, interval = (int)interval })
                .ToDictionary(h => DateOnly.FromDayNumber((int)h.Date), h => (int)h.Tries),
            cancellation);

    public Task RecordAsync(HistoryMark mark, IReadOnlyCollection<DateOnly> missing, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mark);
        ArgumentNullException.ThrowIfNull(missing);
        var row = new
        {
            mark.Symbol, Interval = (int)mark.Interval, mark.Source, mark.From, mark.SplitTime, WholeMs = mark.WholeAt.ToUnixTimeMilliseconds(),
        };
        return database.WriteAsync(
            c =>
            {
                if (c.Execute(UpdateMark, row) == 0)
                {
                    c.Execute(insertMark, row);
                }

                foreach (var date in missing)
                {
                    var hole = new { row.Symbol, row.Interval, Date = date.DayNumber };
                    if (c.Execute(CountHole, hole) == 0)
                    {
                        c.Execute(insertHole, hole);
                    }
                }

                return missing.Count;
            },
            cancellation);
    }

    private sealed record MarkData(string Symbol, long CandleInterval, string Source, long FromTime, long SplitTime, long WholeMs);
}
