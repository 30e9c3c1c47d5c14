namespace Finstage.Hosting;

/// <summary>Which grain: its kind and its key.</summary>
internal readonly record struct GrainId(string Kind, string Key)
{
    /// <summary>The longest key, and the longest name of a state or a reminder, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>The kind of grains with this contract.</summary>
    public static string KindOf(Type contract)
    {
        var name = contract.Name;
        return name.Length > 6 && name.StartsWith('I') && name.EndsWith("Grain", StringComparison.Ordinal)
            ? name[1..^5]
            : throw new InvalidOperationException($"The grain contract {contract} must be named I…Grain.");
    }

    /// <summary>Throws unless the key, or the name of a state or a reminder, is 1 to 200 characters long.</summary>
    public static void Check(string text, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, parameter);
        if (text.Length > MaxLength)
        {
            throw new ArgumentException($"It is {text.Length} characters long, {MaxLength} are allowed.", parameter);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Key}";
}
