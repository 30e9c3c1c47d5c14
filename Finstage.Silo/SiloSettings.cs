using System.Net;
using Finstage.Adapters.News;
using Finstage.Adapters.Symbols;
using Finstage.Adapters.Telegram;
using Finstage.Analysis.Candles;
using Finstage.Grains.Bot;
using Finstage.Grains.Jobs;
using Finstage.Grains.News;
using Finstage.Grains.Notifier;
using Finstage.Grains.Ports;
using Finstage.Grains.Prices;
using Finstage.Grains.Reports;
using Finstage.Silo.Access;
using Finstage.Silo.Hosts;
using Finstage.Silo.Monitoring;
using Finstage.Silo.Startup;
using Finstage.Silo.Telegram;

namespace Finstage.Silo;

/// <summary>Everything that is configured, read from the file beside the program, the environment and the command line, in this order.</summary>
internal sealed class SiloSettings
{
    private const string EnvironmentPrefix = "FINSTAGE__";

    private static readonly string[] Sections =
    [
        "Silo", "Logging", "Telegram", "Notifier", "Feeds", "History", "News", "Cluster", "Report", "Access", "Jobs", "Backup",
    ];

    private SiloSettings()
    {
    }

    public required SiloOptions Silo { get; init; }

    public required LogOptions Log { get; init; }

    public required TelegramOptions Telegram { get; init; }

    /// <summary>The chats that the settings describe, in order.</summary>
    public required IReadOnlyList<ChatOptions> ChatSettings { get; init; }

    /// <summary>Whom the bot obeys.</summary>
    public required BotOptions Bot { get; init; }

    public required NotifierOptions Notifier { get; init; }

    public required FeedOptions Feeds { get; init; }

    public required HistoryOptions History { get; init; }

    public required NewsOptions News { get; init; }

    public required RssOptions Rss { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public required ReportOptions Report { get; init; }

    public required AccessOptions Access { get; init; }

    /// <summary>When jobs run, where it is settled otherwise than they say themselves.</summary>
    public required JobPlans Jobs { get; init; }

    public required BackupOptions Backup { get; init; }

    /// <summary>The symbols that are watched from the start.</summary>
    public required SymbolList Symbols { get; init; }

    /// <summary>Whether there are sources of news that may be asked.</summary>
    public bool HasNews => Feeds.Enabled && News.Feeds.Count > 0;

    /// <summary>Whether alerts go to Telegram; otherwise the console takes them.</summary>
    public bool HasTelegram => Telegram.BotToken.Length > 0;

    /// <summary>The chats that alerts are written for.</summary>
    public IReadOnlyList<Chat> Chats =>
    [
        new Chat(Chat.ConsoleId, Silo.Language, Enabled: !HasTelegram),
        .. HasTelegram ? ChatSettings.Select(chat => chat.ToChat(Silo.Language)) : [],
    ];

    /// <summary>Puts the sources of settings in place.</summary>
    public static void AddSources(IConfigurationBuilder configuration, IReadOnlyDictionary<string, string?> commandLine)
    {
        configuration.Sources.Clear();
        configuration
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables(EnvironmentPrefix)
            .AddInMemoryCollection(commandLine);
    }

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingsException">Something cannot be used; all faults are listed.</exception>
    public static SiloSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        SettingsReader.CheckNames(configuration, "Finstage", Sections, (_, fault) => faults.Add(fault));
        var silo = Bind<SiloOptions>("Silo");
        var log = Bind<LogOptions>("Logging", "LogLevel", "Console");
        var telegram = Bind<TelegramOptions>("Telegram", "ChatIds", "Chats", "UserIds");
        var notifier = Bind<NotifierOptions>("Notifier");
        var feeds = Bind<FeedOptions>("Feeds");
        var history = Bind<HistoryOptions>("History");
        var news = Bind<NewsOptions>("News", "Rss");
        var rss = Bind<RssOptions>("News:Rss");
        var cluster = Bind<ClusterOptions>("Cluster");
        var report = Bind<ReportOptions>("Report");
        var access = Bind<AccessOptions>("Access");
        var backup = Bind<BackupOptions>("Backup");
        var chatIds = configuration.GetSection("Telegram:ChatIds").Get<string[]>() ?? [];
        ChatOptions[] chats = [.. Bind<List<ChatOptions>>("Telegram:Chats"), .. chatIds.Select(id => new ChatOptions { Id = id })];
        CheckSilo(silo, faults);
        faults.AddRange(log.Validate());
        CheckTelegram(telegram, chats, faults);
        var users = Users(configuration, faults);
        faults.AddRange(notifier.Validate());
        faults.AddRange(feeds.Validate());
        faults.AddRange(history.Validate());
        faults.AddRange(news.Validate());
        faults.AddRange(rss.Validate());
        faults.AddRange(cluster.Validate());
        faults.AddRange(report.Validate());
        faults.AddRange(access.Validate());
        faults.AddRange(backup.Validate());
        var jobs = JobSettings.Read(configuration, faults);
        var symbols = ReadSymbols(silo.Symbols ?? SymbolList.DefaultPath, faults);
        return faults.Count > 0
            ? throw new SettingsException(faults)
            : new SiloSettings
            {
                Silo = silo, Log = log, Telegram = telegram, ChatSettings = chats, Bot = new BotOptions { UserIds = users }, Notifier = notifier,
                Feeds = feeds, History = history, News = news,
                Rss = rss, Symbols = symbols!,
                Cluster = cluster, Report = report, Access = access, Jobs = jobs, Backup = backup,
            };

        T Bind<T>(string section, params IReadOnlyList<string> besides)
            where T : new() => SettingsReader.Read<T>(configuration, section, faults, besides);
    }

    private static SymbolList? ReadSymbols(string path, List<string> faults)
    {
        try
        {
            return SymbolList.Load(path);
        }
        catch (SymbolListException fault)
        {
            faults.AddRange(fault.Faults.Select(f => $"Silo:Symbols: {Path.GetFileName(path)}: {f}"));
            return null;
        }
    }

    private static void CheckSilo(SiloOptions silo, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(silo.Data))
        {
            faults.Add("Silo:Data (--data) is empty: name a folder.");
        }

        if (!Uri.TryCreate(silo.Urls, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/")
        {
            faults.Add($"Silo:Urls (--urls): '{silo.Urls}' is no http address such as http://127.0.0.1:5080.");
        }
        else if (url.Host != "localhost" && !IPAddress.TryParse(url.Host.Trim('[', ']'), out _))
        {
            faults.Add($"Silo:Urls (--urls): '{url.Host}' is neither localhost nor an IP address; for all addresses of this machine write 0.0.0.0.");
        }

        if (silo.Language is not ("ko" or "en"))
        {
            faults.Add($"Silo:Language: '{silo.Language}' is neither ko nor en.");
        }

        if (!(silo.SpeedFactor >= 0.01))
        {
            faults.Add($"Silo:Speed (--speed): '{silo.Speed}' is neither max nor a number from 0.01.");
        }

        if (silo.Interval is not null && !CandleIntervals.TryParse(silo.Interval, out _))
        {
            faults.Add($"Silo:Interval (--interval): '{silo.Interval}' is none of {CandleIntervals.KnownCodes}.");
        }

        if (silo.Replay is not null && !File.Exists(silo.Replay))
        {
            faults.Add($"Silo:Replay (--replay): there is no file '{silo.Replay}'.");
        }

        if (silo.Replay is null && ((silo.Symbol ?? silo.Interval) is not null || silo.Replace))
        {
            faults.Add("Silo:Symbol, Silo:Interval and Silo:Replace (--symbol, --interval, --replace) describe a replayed file: name it with --replay.");
        }
    }

    private static long[] Users(IConfiguration configuration, List<string> faults)
    {
        var users = new List<long>();
        foreach (var word in configuration.GetSection("Telegram:UserIds").Get<string[]>() ?? [])
        {
            if (long.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) && id > 0)
            {
                users.Add(id);
            }
            else
            {
                faults.Add($"Telegram:UserIds: '{word}' is no user's number.");
            }
        }

        return [.. users];
    }

    private static void CheckTelegram(TelegramOptions telegram, ChatOptions[] chats, List<string> faults)
    {
        if (telegram.BotToken.Length == 0)
        {
            return;
        }

        faults.AddRange(telegram.Validate());
        if (chats.Length == 0)
        {
            faults.Add("Telegram:ChatIds is empty: with a token, name at least one chat (FINSTAGE__Telegram__ChatIds__0).");
        }

        faults.AddRange(chats.SelectMany(chat => chat.Validate()));
        faults.AddRange(chats.GroupBy(c => c.Id).Where(g => g.Count() > 1).Select(g => $"Telegram:ChatIds, Telegram:Chats: '{g.Key}' stands there twice."));
    }
}
