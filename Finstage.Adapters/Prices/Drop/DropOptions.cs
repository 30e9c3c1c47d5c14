namespace Finstage.Adapters.Prices.Drop;

/// <summary>The folder whose price files are taken in.</summary>
public sealed class DropOptions
{
    /// <summary>The folder; null for <c>drop</c> in the data folder. Default null.</summary>
    public string? Folder { get; set; }

    /// <summary>How long a file must have stayed as it is before it is taken in, 1 second to 10 minutes. Default 5 seconds.</summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether files may take the place of series that came from another source. Default false: they are refused.</summary>
    public bool Replace { get; set; }

    /// <summary>Every fault of these options; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Folder is not null && string.IsNullOrWhiteSpace(Folder))
        {
            faults.Add("Feeds:Drop:Folder is empty: name a folder, or leave it out for drop in the data folder.");
        }

        if (Quiet < TimeSpan.FromSeconds(1) || Quiet > TimeSpan.FromMinutes(10))
        {
            faults.Add("Feeds:Drop:Quiet is not between 1 second and 10 minutes.");
        }

        return faults;
    }
}
