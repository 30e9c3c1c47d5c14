"""Makes pinned_statistics.csv: full figures of ten strategies on real daily series, from their published rules alone.

Written apart from the product, in another language, signal by signal and candle by candle, with nothing shared but the rules
(docs/strategies, docs/backtests.md) and the price files. What is slow here is fast there; the figures must be the same.

    python3 pinned_statistics.py NAME=FILE... > pinned_statistics.csv
"""
import csv
import math
import sys

HORIZONS = (("1d", 1), ("1w", 5), ("1mo", 21))
COLUMNS = ("Total Successes Average Median Best Worst StandardDeviation ProfitFactor Expectancy Sharpe Sortino AverageAdverse "
           "AverageFavourable MaxAdverse MaxFavourable Drift Trades MaxDrawdown TradeSharpe").split()
NAN = math.nan


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = [{k.strip().lower(): v for k, v in row.items()} for row in csv.DictReader(file)]
    return [tuple(float(row[k]) for k in ("open", "high", "low", "close", "volume")) for row in rows]


def equal(a, b):
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))


def above(a, b):
    return not (math.isnan(a) or math.isnan(b)) and a > b and not equal(a, b)


def ratio(a, b):
    return a / b if b > 0 else NAN


def deviation(x):
    mean = math.fsum(x) / len(x)
    return NAN if len(x) < 2 else math.sqrt(math.fsum((y - mean) ** 2 for y in x) / (len(x) - 1))


def at_least(a, b):
    return not (math.isnan(a) or math.isnan(b)) and (a > b or equal(a, b))


def sma(x, n):
    return [NAN if i < n - 1 or any(map(math.isnan, x[i - n + 1:i + 1])) else math.fsum(x[i - n + 1:i + 1]) / n for i in range(len(x))]


def ema(x, n):
    out, first = [NAN] * len(x), next(i for i, v in enumerate(x) if not math.isnan(v))
    value = math.fsum(x[first:first + n]) / n
    out[first + n - 1] = value
    for i in range(first + n, len(x)):
        value += (x[i] - value) * 2 / (n + 1)
        out[i] = value
    return out


def rsi(c, n):
    out, gain, loss = [NAN] * len(c), 0.0, 0.0
    for i in range(1, len(c)):
        up, down = max(c[i] - c[i - 1], 0), max(c[i - 1] - c[i], 0)
        if i <= n:
            gain, loss = gain + up / n, loss + down / n
        else:
            gain, loss = (gain * (n - 1) + up) / n, (loss * (n - 1) + down) / n
        if i >= n:
            out[i] = 50 if gain + loss == 0 else 100 * gain / (gain + loss)
    return out


def crosses(a, b, also=lambda i, side: True):
    """BUY where a crosses above b, SELL where below."""
    def rule(i):
        buy = at_least(b[i - 1], a[i - 1]) and above(a[i], b[i]) and also(i, 1)
        sell = at_least(a[i - 1], b[i - 1]) and above(b[i], a[i]) and also(i, -1)
        return [s for s, is_so in ((1, buy), (-1, sell)) if is_so]
    return rule


def enters(buy, sell, k=1):
    """Where a condition is true that was false on each of the k candles before."""
    def rule(i):
        return [s for s, p in ((1, buy), (-1, sell)) if p and p(i) and not any(p(j) for j in range(max(0, i - k), i))]
    return rule


def strategies(candles):
    """Each strategy's rule, and the first candle on which all that it names has a value: there it never fires."""
    o, h, l, c, v = (list(x) for x in zip(*candles))
    n = len(c)
    s20, s50, s60 = sma(c, 20), sma(c, 50), sma(c, 60)
    r = rsi(c, 14)
    macd = [a - b for a, b in zip(ema(c, 12), ema(c, 26))]
    signal = ema(macd, 9)
    dev = [NAN if i < 19 else math.sqrt(math.fsum((x - s20[i]) ** 2 for x in c[i - 19:i + 1]) / 20) for i in range(n)]
    raw = [NAN] * n
    for i in range(13, n):
        top, bottom = max(h[i - 13:i + 1]), min(l[i - 13:i + 1])
        raw[i] = 50 if top == bottom else 100 * (c[i] - bottom) / (top - bottom)
    slow = sma(raw, 3)
    d = sma(slow, 3)
    top20 = [NAN if i < 20 else max(h[i - 20:i]) for i in range(n)]
    low20 = [NAN if i < 20 else min(l[i - 20:i]) for i in range(n)]
    v20 = [NAN if i < 20 else math.fsum(v[i - 20:i]) / 20 for i in range(n)]
    has_volume = [i >= 20 and all(x > 0 for x in v[i - 20:i + 1]) for i in range(n)]

    def surge(i):
        if not has_volume[i] or not at_least(v[i], 2 * v20[i]):
            return []
        return [s for s, is_so in ((1, at_least(c[i], c[i - 1] * 1.01)), (-1, at_least(c[i - 1] * 0.99, c[i]))) if is_so]

    def gap(i):
        if not has_volume[i] or not at_least(v[i], 1.5 * v20[i]):
            return []
        buy = above(o[i], h[i - 1] * 1.01) and above(c[i], o[i])
        sell = above(l[i - 1] * 0.99, o[i]) and above(o[i], c[i])
        return [s for s, is_so in ((1, buy), (-1, sell)) if is_so]

    extreme = lambda i, side: above(20, d[i]) if side > 0 else above(d[i], 80)
    return {
        "MA_50_BREAKOUT": (49, enters(lambda i: above(c[i], s50[i] * 1.02), lambda i: above(s50[i] * 0.98, c[i]))),
        "GOLDEN_CROSS_20_60": (59, crosses(s20, s60)),
        "RSI_OVERSOLD_BOUNCE": (14, enters(lambda i: above(30, r[i]), None)),
        "RSI_OVERBOUGHT": (14, enters(None, lambda i: above(r[i], 70))),
        "MACD_SIGNAL_CROSS": (33, crosses(macd, signal)),
        "BOLLINGER_UPPER_BREAK": (19, enters(lambda i: above(c[i], s20[i] + 2 * dev[i]), lambda i: above(s20[i] - 2 * dev[i], c[i]))),
        "STOCHASTIC_CROSS": (17, crosses(slow, d, extreme)),
        "VOLUME_SURGE": (20, surge),
        "DONCHIAN_BREAKOUT": (20, enters(lambda i: above(c[i], top20[i]), lambda i: above(low20[i], c[i]), 10)),
        "GAP_AND_GO": (20, gap),
    }


def figures(candles, signals, step):
    o, h, l, c, v = (list(x) for x in zip(*candles))
    forward = [c[i + step] / c[i] - 1 for i in range(len(c) - step)]
    outcomes = []
    for i, side in signals:
        if i + step < len(c):
            rise = max(0, max(h[i + 1:i + step + 1]) / c[i] - 1)
            fall = min(0, min(l[i + 1:i + step + 1]) / c[i] - 1)
            outcomes.append((i, side * forward[i], fall if side > 0 else -rise, rise if side > 0 else -fall))
    r = [x[1] for x in outcomes]
    n, mean, ordered = len(r), math.fsum(r) / len(r), sorted(r)
    gains, losses = [x for x in r if x > 0], [x for x in r if x <= 0]
    dev = deviation(r)
    down = math.sqrt(math.fsum(min(x, 0) ** 2 for x in r) / n)
    year = math.sqrt(252 / step)
    chain, free = [], -1
    for i in sorted({x[0] for x in outcomes}):
        if i >= free:
            together = [x[1] for x in outcomes if x[0] == i]
            chain.append(sum(together) / len(together))
            free = i + step
    equity = peak = 1.0
    fall = 0.0
    for x in chain:
        equity *= 1 + x
        peak = max(peak, equity)
        fall = max(fall, 1 - equity / peak)
    return (n, len(gains), mean, (ordered[(n - 1) // 2] + ordered[n // 2]) / 2, ordered[-1], ordered[0], dev,
            ratio(math.fsum(gains), -math.fsum(losses)),
            math.fsum(gains) / n + math.fsum(losses) / n, ratio(mean, dev) * year, ratio(mean, down) * year,
            math.fsum(x[2] for x in outcomes) / n, math.fsum(x[3] for x in outcomes) / n, min(x[2] for x in outcomes),
            max(x[3] for x in outcomes), math.fsum(forward) / len(forward), len(chain), fall, ratio(math.fsum(chain) / len(chain), deviation(chain)))


def main():
    print("series,strategy,horizon," + ",".join(COLUMNS))
    for word in sys.argv[1:]:
        name, path = word.split("=", 1)
        candles = read(path)
        for strategy, (ready, rule) in strategies(candles).items():
            signals = [(i, side) for i in range(ready + 1, len(candles)) for side in rule(i)]
            for horizon, step in HORIZONS:
                print(",".join([name, strategy, horizon] + [repr(x) if isinstance(x, int) else f"{x:.12g}" for x in figures(candles, signals, step)]))


main()
