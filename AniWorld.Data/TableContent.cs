using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AniWorld.Data;

/// <summary>How many rows a table has, and a sum over what is in them: equal for equal content, in whatever order the rows come.</summary>
/// <param name="Hash">In hex; all rows' SHA-256, added up lane by lane.</param>
public sealed record TableContent(string Table, long Rows, string Hash);

/// <summary>Adds a table's rows up to its <see cref="TableContent"/>.</summary>
internal sealed class ContentSum(string table)
{
    private const int Lane = sizeof(ulong);

    private readonly ulong[] _sum = new ulong[SHA256.HashSizeInBytes / Lane];
    private long _rows;

    public TableContent Content
    {
        get
        {
            Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
            for (var i = 0; i < _sum.Length; i++)
            {
                BinaryPrimitives.WriteUInt64BigEndian(bytes[(i * Lane)..], _sum[i]);
            }

            return new TableContent(table, _rows, Convert.ToHexStringLower(bytes));
        }
    }

    /// <param name="row">Its values as they are stored, always in the same order.</param>
    public void Add(IReadOnlyList<object?> row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in row)
        {
            hash.AppendData(Bytes(value));
        }

        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(sum);
        for (var i = 0; i < _sum.Length; i++)
        {
            _sum[i] = unchecked(_sum[i] + BinaryPrimitives.ReadUInt64BigEndian(sum[(i * Lane)..]));
        }

        _rows++;
    }

    /// <summary>Begins with the value's kind and its length, so that no two rows give the same bytes.</summary>
    private static byte[] Bytes(object? value) => value switch
    {
        null => [0],
        string text => Tagged(1, Encoding.UTF8.GetBytes(text)),
        bool yes => [2, yes ? (byte)1 : (byte)0],
        int number => Tagged(3, BitConverter.GetBytes((long)number)),
        long number => Tagged(3, BitConverter.GetBytes(number)),
        double number => Tagged(4, BitConverter.GetBytes(number)),
        Guid id => Tagged(5, id.ToByteArray()),
        DateTimeOffset time => Tagged(6, BitConverter.GetBytes(time.ToUnixTimeMilliseconds())),
        _ => throw new NotSupportedException($"A column of {value.GetType()} is not compared yet."),
    };

    private static byte[] Tagged(byte kind, byte[] bytes) => [kind, .. BitConverter.GetBytes(bytes.Length), .. bytes];
}
