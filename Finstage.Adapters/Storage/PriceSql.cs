namespace Finstage.Adapters.Storage;

/// <summary>The statements of prices, highs, thresholds and price alerts.</summary>
internal static class PriceSql
{
    public const string Quote =
        """
        SELECT price AS Price, price_time AS PriceTime, previous_close AS PreviousClose, alert_state AS AlertState
        FROM quotes WHERE symbol = @symbol
        """;

    public const string UpdateQuote =
        """
        UPDATE quotes SET price = @Price, price_time = @Time, previous_close = @PreviousClose, alert_state = @State, updated_ms = @At
        WHERE symbol = @Symbol
        """;

    public const string Highs =
        """
        SELECT ever_price AS EverPrice, ever_date AS EverDate, ever_ms AS EverMs, year_price AS YearPrice, year_date AS YearDate,
               through_date AS ThroughDate
        FROM highs WHERE symbol = @symbol
        """;

    public const string UpdateHighs =
        """
        UPDATE highs SET ever_price = @everPrice, ever_date = @everDate, ever_ms = @everMs, year_price = @yearPrice, year_date = @yearDate,
               through_date = @through
        WHERE symbol = @symbol
        """;

    public const string Thresholds = "SELECT rise AS Rise, fall AS Fall, from_high AS FromHigh FROM thresholds WHERE symbol = @symbol";

    public const string RemoveThresholds = "DELETE FROM thresholds WHERE symbol = @symbol";

    public const string Alerts = $"{AlertRows} ORDER BY created_ms DESC, symbol, kind, alert_level LIMIT @limit";

    public const string AlertsOfSymbol = $"{AlertRows} WHERE symbol = @symbol ORDER BY session_date DESC, created_ms DESC, kind, alert_level LIMIT @limit";

    private const string AlertRows =
        """
        SELECT symbol AS Symbol, kind AS Kind, alert_level AS AlertLevel, session_date AS SessionDate, priority AS Priority, price AS Price,
               price_time AS PriceTime, reference AS Reference, reference_time AS ReferenceTime, change_size AS ChangeSize, unit AS Unit,
               created_ms AS CreatedMs
        FROM price_alerts
        """;
}
