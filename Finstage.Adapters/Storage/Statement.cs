using System.Data.Common;

namespace Finstage.Adapters.Storage;

/// <summary>A prepared statement that is run many times with other values.</summary>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand command;

    /// <summary>Prepares the statement.</summary>
    /// <param name="connection">The connection it runs on.</param>
    /// <param name="sql">A constant text.</param>
    /// <param name="parameters">The names of its parameters, in the order in which values are given.</param>
    public Statement(DbConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }

        command.Prepare();
    }

    /// <summary>Runs it and returns the number of rows it changed.</summary>
    public int Run(params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
