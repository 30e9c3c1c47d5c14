using System.Data.Common;

namespace Finstage.Adapters.Storage;

/// <summary>A prepared statement that is run many times with other values. Belongs to one connection and one thread at a time.</summary>
internal interface IStatement : IDisposable
{
    /// <summary>Runs it with values in the order of its parameters' names, and returns the number of rows it changed.</summary>
    int Run(params ReadOnlySpan<SqlValue> values);
}

/// <summary>Prepares a constant text with the names of its parameters.</summary>
internal delegate IStatement Prepare(DbConnection connection, string sql, params ReadOnlySpan<string> parameters);

/// <summary>A number, a text or nothing, on its way into a statement; unboxed, for there are hundreds of thousands of them.</summary>
internal readonly struct SqlValue
{
    private SqlValue(SqlKind kind, long integer, double real, string? text)
    {
        Kind = kind;
        Integer = integer;
        Real = real;
        Text = text;
    }

    public SqlKind Kind { get; }

    public long Integer { get; }

    public double Real { get; }

    public string? Text { get; }

    public static implicit operator SqlValue(long value) => new(SqlKind.Integer, value, 0, null);

    public static implicit operator SqlValue(double value) => new(SqlKind.Real, 0, value, null);

    public static implicit operator SqlValue(string value) => new(SqlKind.Text, 0, 0, value);

    /// <summary>A number that may be absent, which is NaN in memory and NULL in the table.</summary>
    public static SqlValue OrNull(double value) => double.IsNaN(value) ? default(SqlValue) : value;
}

/// <summary>What a <see cref="SqlValue"/> is.</summary>
internal enum SqlKind
{
    Null,
    Integer,
    Real,
    Text,
}
