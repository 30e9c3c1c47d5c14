using Microsoft.Extensions.Logging.Console;

namespace Finstage.Silo.Monitoring;

/// <summary>How the log is written; section <c>Logging</c>, beside the framework's <c>LogLevel</c>.</summary>
internal sealed class LogOptions
{
    /// <summary><c>text</c>: a line for people. <c>json</c>: an object a line, for a log store. Default <c>text</c>.</summary>
    public string Format { get; set; } = "text";

    /// <summary>Whether each line is a JSON object.</summary>
    public bool IsJson => Format == "json";

    /// <summary>Every fault, as a sentence that names the setting.</summary>
    public IEnumerable<string> Validate()
    {
        if (Format is not ("text" or "json"))
        {
            yield return $"Logging:Format: '{Format}' is neither text nor json.";
        }
    }
}

/// <summary>The log: on standard error, so that what is told to the person at the terminal stays apart.</summary>
internal static class LogServices
{
    private const string IsoUtc = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static ILoggingBuilder AddLog(this ILoggingBuilder logging, LogOptions options)
    {
        logging.ClearProviders();
        if (options.IsJson)
        {
            logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat, console.IncludeScopes) = (true, IsoUtc, true));
        }
        else
        {
            logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        // A start that fails is told in a sentence, not in a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
