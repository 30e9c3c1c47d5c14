using System.CommandLine.Parsing;
using Finstage.Client.Output;

namespace Finstage.Client.Tests;

public sealed class HelpWithExamplesTests
{
    public static TheoryData<string> Examples => [.. HelpWithExamples.Examples.Values.SelectMany(lines => lines).Distinct()];

    public static TheoryData<string> Commands => [.. Root().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_AsTyped_IsUnderstood(string example)
    {
        var words = CommandLineParser.SplitCommandLine(example.Split(['>', '|'])[0]);

        Assert.Empty(Root().Parse([.. words]).Errors.Select(error => error.Message));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_OfTheConsole_HasExamples(string command) =>
        Assert.All(HelpWithExamples.Examples[command], line => Assert.StartsWith(command, line, StringComparison.Ordinal));

    private static System.CommandLine.RootCommand Root() => ClientCommand.Root(new Screen(TextWriter.Null, TextWriter.Null));
}
