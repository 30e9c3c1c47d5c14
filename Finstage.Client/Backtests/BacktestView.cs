using Finstage.Adapters.Http;

namespace Finstage.Client.Backtests;

/// <summary>What the command shows.</summary>
/// <param name="Found">The groups.</param>
/// <param name="Luck">What was tried, and what picking by the past would have brought; null where luck was not tested.</param>
internal sealed record BacktestView(BacktestsDto Found, TrialsView? Luck);

/// <summary>How much was tried, and what came of it.</summary>
/// <param name="Trials">N.</param>
/// <param name="EffectiveTrials">What these amount to.</param>
/// <param name="Survivors">How many pass every test.</param>
/// <param name="WalkForward">What picking by the past would have brought, by horizon.</param>
internal sealed record TrialsView(int Trials, double EffectiveTrials, int Survivors, IReadOnlyList<WalkForwardDto> WalkForward);
