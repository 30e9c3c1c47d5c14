using Finstage.Adapters.Messengers;
using Finstage.Adapters.Storage;
using Finstage.Adapters.Telegram;
using Finstage.Grains.Bot;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Finstage.Silo.Telegram;

/// <summary>Puts together how people are told.</summary>
internal static class TelegramServices
{
    public static IServiceCollection AddTelegram(
        this IServiceCollection services, SiloSettings settings, SqlStore store, TextWriter output, TimeProvider clock)
    {
        services.AddSingleton(store.Chats).AddSingleton(new SendGate(settings.Notifier, clock)).AddSingleton<TelegramState>();
        services.AddSingleton(Options.Create(settings.Bot)).AddSingleton<IWatchRequests, BotWatch>().AddBot();
        services.TryAddSingleton(store.News);
        if (settings.HasTelegram)
        {
            services.AddSingleton(_ => new TelegramMessenger(settings.Telegram)).AddHostedService<TelegramCheck>();
            services.AddSingleton<IBotApi>(s => s.GetRequiredService<TelegramMessenger>());
        }

        return services.AddSingleton<IMessenger>(s => new RoutingMessenger(new ConsoleMessenger(output), s.GetService<TelegramMessenger>()));
    }
}
