using System.CommandLine;
using System.Globalization;
using Finstage.Adapters.Http;
using Finstage.Client.Output;

namespace Finstage.Client.Server;

/// <summary><c>clusters [SYM]</c>: the clusters with what came after them, or where one symbol stands.</summary>
internal static class ClustersCommand
{
    public static Command Create(Screen screen)
    {
        var symbol = new Argument<string?>("symbol") { Description = "One symbol; all when left out.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("clusters", "Clusters of price windows, with what came after them, and where symbols stand.") { symbol };
        var options = new ServerOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = options.Connect(parsed);
            if (parsed.GetValue(symbol) is { } code)
            {
                var one = await api.GetAsync<SymbolClusterDto>($"api/clusters/{Uri.EscapeDataString(code)}", cancellation);
                Write(one, () => Show(screen, one.FittedUntil, [one.Cluster], [one.Place]));
            }
            else
            {
                var all = await api.GetAsync<ClustersDto>("api/clusters", cancellation);
                Write(all, () => Show(screen, all.FittedUntil, all.Clusters, all.Today));
            }

            void Write<T>(T value, Action show)
            {
                if (options.Json(parsed))
                {
                    screen.WriteJson(value);
                }
                else
                {
                    show();
                }
            }
        });
        return command;
    }

    public static void Show(Screen screen, DateOnly until, IReadOnlyList<ClusterDto> clusters, IReadOnlyList<ClusterPlaceDto> places)
    {
        screen.Line($"Fitted on windows until {until:yyyy-MM-dd}; returns are from after that day.");
        screen.WriteTable(
            ["Cluster", "Shape", "Windows"], clusters.Select(c => new[] { Words.Number(c.Number), c.Shape, Words.Number(c.Size) }), 0, 2);

        // The drift is the average less the excess.
        screen.WriteTable(
            ["Cluster", "For", "n", "Up", "Average", "Drift", "Excess", "95 % interval", "Way"],
            from cluster in clusters
            from r in cluster.Returns
            select new[]
            {
                Words.Number(cluster.Number), r.Horizon, Words.Number(r.Windows), Share(r.UpShare, 1), Share(r.AverageReturn, 2), Share(r.Drift, 2),
                Share(r.Excess, 2), $"{Share(r.ExcessLow, 2)} … {Share(r.ExcessHigh, 2)}", r.Direction,
            },
            [0, 2, 3, 4, 5, 6],
            [5, 3]);
        screen.WriteTable(
            ["Symbol", "Until", "Cluster", "Before", "Distance", "Like none"],
            places.Select(p => new[]
            {
                p.Symbol, Words.Day(p.Time), Words.Number(p.Cluster), p.Before == 0 ? "–" : Words.Number(p.Before),
                p.Distance.ToString("0.00", CultureInfo.InvariantCulture), p.IsFar ? "yes" : "no",
            }),
            2, 3, 4);
    }

    private static string Share(double? value, int digits) => value is { } known ? Words.Percent(known, digits) : "–";
}
