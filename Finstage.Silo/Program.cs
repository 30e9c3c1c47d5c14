using System.CommandLine;
using Finstage.Silo;

// The web host answers Ctrl-C and SIGTERM itself: it drains the grains before it ends.
var command = SiloCommand.Create().Parse(args);
var code = await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return command.Errors.Count > 0 ? SiloProgram.WrongUsage : code;
