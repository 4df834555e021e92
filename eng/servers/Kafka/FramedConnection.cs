using System.Buffers.Binary;
using System.Net.Sockets;

namespace ClickSink.Servers.Kafka;

/// <summary>A TCP connection to a port of 127.0.0.1 that carries frames: a length in 32 bits, then that many bytes.</summary>
internal sealed class FramedConnection : IDisposable
{
    private const int MaxFrameBytes = 64 << 20;

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private FramedConnection(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    public static async Task<FramedConnection> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return new(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async Task<byte[]> ExchangeAsync(byte[] frame, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(frame, cancellationToken);
        var head = new byte[4];
        await _stream.ReadExactlyAsync(head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < 0 or > MaxFrameBytes)
            throw new InvalidDataException($"The server announced a frame of {length} bytes; it does not speak the protocol that is expected on this port.");
        var answer = new byte[length];
        await _stream.ReadExactlyAsync(answer, cancellationToken);
        return answer;
    }

    public void Dispose() => _client.Dispose();
}
