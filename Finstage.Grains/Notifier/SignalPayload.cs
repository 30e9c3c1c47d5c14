using System.Text.Json;
using System.Text.Json.Serialization;
using Finstage.Analysis.Candles;
using Finstage.Analysis.Signals;
using Finstage.Grains.Interfaces.Market;

namespace Finstage.Grains.Notifier;

/// <summary>
/// What an outbox row keeps of a signal: all that its message needs, so that the text can be made in any language when it is sent.
/// </summary>
/// <param name="Symbol">The symbol's code.</param>
/// <param name="Currency">ISO code, empty for indices and yields.</param>
/// <param name="Interval">The interval's code.</param>
/// <param name="Strategy">The strategy's identifier.</param>
/// <param name="Time">The candle's open time, Unix seconds.</param>
/// <param name="Direction">1 for buy, −1 for sell.</param>
/// <param name="Confidence">0 to 100.</param>
/// <param name="Close">The candle's close.</param>
/// <param name="Reason">The reason code.</param>
/// <param name="Figures">Up to four figures; an absent one is null.</param>
/// <param name="AsOf">When it happened, Unix seconds.</param>
public sealed record SignalPayload(
    string Symbol, string Currency, string Interval, string Strategy, long Time, int Direction, int Confidence, double Close,
    string Reason, IReadOnlyList<double?> Figures, long AsOf)
{
    /// <summary>Keeps what the message needs.</summary>
    public static SignalPayload Of(SymbolInfo symbol, CandleInterval interval, Signal signal, long asOf)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        double?[] figures = [signal.Figures.First, signal.Figures.Second, signal.Figures.Third, signal.Figures.Fourth];
        return new SignalPayload(
            symbol.Code, symbol.Currency, interval.Code(), signal.Strategy, signal.Time, (int)signal.Direction, signal.Confidence,
            signal.Close, signal.Reason, [.. figures.Select(f => f is { } x && double.IsFinite(x) ? f : null)], asOf);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static SignalPayload Parse(string json) =>
        JsonSerializer.Deserialize(json, PayloadJson.Default.SignalPayload) ?? throw new JsonException("The payload is empty.");

    /// <summary>The signal again.</summary>
    public Signal ToSignal() => new(
        Strategy, Time, (Direction)Direction, Confidence, Close, Reason, new Figures(Figure(0), Figure(1), Figure(2), Figure(3)));

    /// <summary>As JSON text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PayloadJson.Default.SignalPayload);

    private double Figure(int index) => index < Figures.Count ? Figures[index] ?? double.NaN : double.NaN;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SignalPayload))]
internal sealed partial class PayloadJson : JsonSerializerContext;
