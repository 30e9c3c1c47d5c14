using Finstage.Grains.Charts;
using Microsoft.Extensions.DependencyInjection;

namespace Finstage.Grains.Bot;

/// <summary>What the bot's grain needs.</summary>
public static class BotServices
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddBot(this IServiceCollection services) =>
        services.AddSingleton<ChartMaker>().AddSingleton<BotPages>().AddSingleton<BotAnswers>();
}
