using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Finstage.Client;

/// <summary>How numbers and words of a choice are read from the command line: what is none is told with its option's name.</summary>
internal static class NumberWords
{
    /// <summary>Reads the numbers of a command and of all beneath it.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in command.Options)
        {
            switch (option)
            {
                case Option<int> whole:
                    whole.CustomParser = found => Whole(found, option.Name) ?? 0;
                    break;
                case Option<int?> whole:
                    whole.CustomParser = found => Whole(found, option.Name);
                    break;
                case Option<double> number:
                    number.CustomParser = found => Number(found, option.Name) ?? 0;
                    break;
                case Option<double?> number:
                    number.CustomParser = found => Number(found, option.Name);
                    break;
            }
        }

        foreach (var argument in command.Arguments.OfType<Argument<long>>())
        {
            argument.CustomParser = found => Whole(found, argument.Name) ?? 0;
        }

        foreach (var below in command.Subcommands)
        {
            AddTo(below);
        }
    }

    /// <summary>Lets an option be one of a few words.</summary>
    public static void OneOf(this Option<string> option, params string[] words)
    {
        option.Validators.Add(found =>
        {
            if (found.Tokens is [{ Value: var word }] && !words.Contains(word))
            {
                found.AddError($"{option.Name}: '{word}' is none of {string.Join(", ", words)}.");
            }
        });
        option.CompletionSources.Add(words);
    }

    private static int? Whole(ArgumentResult found, string option)
    {
        var word = found.Tokens[0].Value;
        if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        found.AddError($"{option}: '{word}' is no whole number, such as 20.");
        return null;
    }

    private static double? Number(ArgumentResult found, string option)
    {
        var word = found.Tokens[0].Value;
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        found.AddError($"{option}: '{word}' is no number, such as 2.5.");
        return null;
    }
}
