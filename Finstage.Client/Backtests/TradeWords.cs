using System.CommandLine;
using Finstage.Analysis.Backtesting;

namespace Finstage.Client.Backtests;

/// <summary>The options of trades.</summary>
internal sealed class TradeWords
{
    private readonly Option<bool> trades = new("--trades") { Description = "Files: trade the signals instead, filled at the next open, with costs, one position at a time." };
    private readonly Option<double> commission = new("--commission") { Description = "Trades: paid of the value on either side, as a fraction (0.0005 is 0.05 %).", HelpName = "F", DefaultValueFactory = _ => new TradeOptions().Commission };
    private readonly Option<double> slippage = new("--slippage") { Description = "Trades: how much worse every order is filled, as a fraction.", HelpName = "F", DefaultValueFactory = _ => new TradeOptions().Slippage };
    private readonly Option<double?> stop = new("--stop") { Description = "Trades: the loss at which a position is closed, as a fraction (default: none).", HelpName = "F" };
    private readonly Option<double?> target = new("--target") { Description = "Trades: the gain at which a position is closed, as a fraction (default: none).", HelpName = "F" };

    public TradeWords(Command command)
    {
        foreach (var option in (Option[])[trades, commission, slippage, stop, target])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (!result.GetValue(trades) && ((Option[])[commission, slippage, stop, target]).FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } lone)
            {
                result.AddError($"{lone.Name} belongs to --trades.");
            }
        });
    }

    public bool AreWanted(ParseResult parsed) => parsed.GetValue(trades);

    /// <summary>The options that the words say.</summary>
    /// <exception cref="UsageException">One is out of its range.</exception>
    public TradeOptions Options(ParseResult parsed, Horizon? horizon)
    {
        var options = new TradeOptions
        {
            Horizon = horizon ?? new TradeOptions().Horizon, Commission = parsed.GetValue(commission), Slippage = parsed.GetValue(slippage),
            Stop = parsed.GetValue(stop), Target = parsed.GetValue(target),
        };
        try
        {
            options.Validate();
            return options;
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new UsageException($"--{fault.ParamName!.ToLowerInvariant()}: {fault.Message.Split(" (", 2)[0]}");
        }
    }
}
