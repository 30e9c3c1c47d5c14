using System.Data.Common;
using MySqlConnector;

namespace Finstage.Adapters.Storage.MySql;

/// <summary>A statement that the server prepared once and runs many times.</summary>
internal sealed class MySqlStatement : IStatement
{
    private readonly MySqlCommand command;

    private MySqlStatement(MySqlCommand command) => this.command = command;

    /// <summary>Prepares the statement.</summary>
    public static IStatement Prepare(DbConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = ((MySqlConnection)connection).CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new MySqlParameter { ParameterName = "@" + name });
        }

        try
        {
            command.Prepare();
            return new MySqlStatement(command);
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    public int Run(params ReadOnlySpan<SqlValue> values)
    {
        if (values.Length != command.Parameters.Count)
        {
            throw new ArgumentException("A statement needs a value for each of its parameters.", nameof(values));
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i].Kind switch
            {
                SqlKind.Integer => values[i].Integer,
                SqlKind.Real => values[i].Real,
                SqlKind.Text => values[i].Text,
                _ => DBNull.Value,
            };
        }

        return command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
