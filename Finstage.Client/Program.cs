using Finstage.Client;

return await ClientCommand.InvokeAsync(args, Console.Out, Console.Error);
