using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Finstage.Adapters.Storage;

/// <summary>What a key is good for.</summary>
public enum KeyScope
{
    /// <summary>Reading alone.</summary>
    Read = 0,

    /// <summary>Reading and changing.</summary>
    Admin = 1,
}

/// <summary>A stored key; the secret itself is kept nowhere.</summary>
/// <param name="Id">Its number, never given twice.</param>
/// <param name="Hash">SHA-256 of the whole key.</param>
/// <param name="Name">Whose it is, in a few words.</param>
/// <param name="Scope">What it is good for.</param>
/// <param name="Created">When it was made.</param>
/// <param name="LastUsed">When it was used last, to the minute; null before the first time.</param>
/// <param name="Revoked">When it ceased to work; null while it does.</param>
public sealed record ApiKey(
    long Id, byte[] Hash, string Name, KeyScope Scope, DateTimeOffset Created, DateTimeOffset? LastUsed, DateTimeOffset? Revoked);

/// <summary>A key that was just made: the one moment at which its secret can be seen.</summary>
/// <param name="Key">The stored key.</param>
/// <param name="Secret">What its owner sends: <c>fs_</c> and 43 characters.</param>
public sealed record NewApiKey(ApiKey Key, string Secret);

/// <summary>How a revocation ended.</summary>
public enum Revocation
{
    /// <summary>The key works no longer.</summary>
    Done,

    /// <summary>There is no such key, or it worked no longer already.</summary>
    Unknown,

    /// <summary>It is the only admin key: without it nobody could make another.</summary>
    LastAdmin,
}

/// <summary>The API keys: hashes of random secrets of 256 bits. Thread-safe.</summary>
public sealed class ApiKeyStore
{
    /// <summary>The most keys that work at a time.</summary>
    public const int MaxKeys = 100;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 100;

    /// <summary>What every key begins with.</summary>
    public const string Prefix = "fs_";

    private const int RevokedKept = 100;

    private const string All =
        """
        SELECT id AS Id, key_hash AS KeyHash, name AS Name, scope AS Scope, created_ms AS CreatedMs, used_ms AS UsedMs, revoked_ms AS RevokedMs
        FROM api_keys ORDER BY id
        """;

    private const string Insert =
        "INSERT INTO api_keys (key_hash, name, scope, created_ms) VALUES (@hash, @name, @scope, @created)";

    private const string CountWorking = "SELECT COUNT(*) FROM api_keys WHERE revoked_ms IS NULL";

    private const string OldestRevokedKept =
        "SELECT id FROM api_keys WHERE revoked_ms IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET @kept";

    private const string Forget = "DELETE FROM api_keys WHERE revoked_ms IS NOT NULL AND id <= @id";

    private readonly ISqlDatabase database;

    internal ApiKeyStore(ISqlDatabase database) => this.database = database;

    /// <summary>The hash under which a key is stored.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>All keys, the revoked ones too, in the order in which they were made.</summary>
    public Task<IReadOnlyList<ApiKey>> ReadAsync(CancellationToken cancellation) => database.ReadAsync(Read, cancellation);

    /// <summary>Makes a key.</summary>
    /// <param name="name">Whose it is, 1 to <see cref="MaxName"/> characters.</param>
    /// <param name="scope">What it is good for.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellation">Gives up before it begins.</param>
    /// <returns>The key; null when <see cref="MaxKeys"/> work already.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public Task<NewApiKey?> CreateAsync(string name, KeyScope scope, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxName, nameof(name));
        return database.WriteAsync(c => c.ExecuteScalar<long>(CountWorking) < MaxKeys ? Create(c, name, scope, at) : null, cancellation);
    }

    /// <summary>Makes an admin key where there has never been a key; of several processes that ask at once, one gets it.</summary>
    public Task<NewApiKey?> CreateFirstAsync(string name, DateTimeOffset at, CancellationToken cancellation) => database.WriteAsync(
        c => c.ExecuteScalar<long>("SELECT COUNT(*) FROM api_keys") == 0 ? Create(c, name, KeyScope.Admin, at) : null, cancellation);

    /// <summary>Takes a key out of use, for good.</summary>
    public Task<Revocation> RevokeAsync(long id, DateTimeOffset at, CancellationToken cancellation) => database.WriteAsync(
        c =>
        {
            var working = Read(c).Where(k => k.Revoked is null).ToList();
            if (working.Find(k => k.Id == id) is not { } key)
            {
                return Revocation.Unknown;
            }

            if (key.Scope == KeyScope.Admin && working.Count(k => k.Scope == KeyScope.Admin) == 1)
            {
                return Revocation.LastAdmin;
            }

            c.Execute("UPDATE api_keys SET revoked_ms = @at WHERE id = @id", new { id, at = at.ToUnixTimeMilliseconds() });
            if (c.QuerySingleOrDefault<long?>(OldestRevokedKept, new { kept = RevokedKept }) is { } oldest)
            {
                c.Execute(Forget, new { id = oldest });
            }

            return Revocation.Done;
        },
        cancellation);

    /// <summary>Notes that a key was used.</summary>
    public Task TouchAsync(long id, DateTimeOffset at, CancellationToken cancellation) => database.WriteAsync(
        c => c.Execute("UPDATE api_keys SET used_ms = @at WHERE id = @id", new { id, at = at.ToUnixTimeMilliseconds() }), cancellation);

    private static IReadOnlyList<ApiKey> Read(DbConnection connection) =>
    [
        .. connection.Query<Row>(All).Select(r => new ApiKey(
            r.Id, Convert.FromHexString(r.KeyHash), r.Name, (KeyScope)r.Scope, Time(r.CreatedMs)!.Value, Time(r.UsedMs), Time(r.RevokedMs))),
    ];

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;

    private NewApiKey Create(DbConnection connection, string name, KeyScope scope, DateTimeOffset at)
    {
        var secret = Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var hash = HashOf(secret);
        var created = at.ToUnixTimeMilliseconds();
        connection.Execute(Insert, new { hash = Convert.ToHexString(hash), name, scope = (int)scope, created });
        var id = connection.ExecuteScalar<long>(database.Dialect.LastId);
        return new NewApiKey(new ApiKey(id, hash, name, scope, Time(created)!.Value, null, null), secret);
    }

    private sealed record Row(long Id, string KeyHash, string Name, long Scope, long CreatedMs, long? UsedMs, long? RevokedMs);
}
