namespace ClickSink.Tests.Unit.Formats;

/// <summary>Random messages, and random damage to good ones.</summary>
internal sealed class RandomBytes(Random random)
{
    private static readonly byte[] Favourites = [0, 1, 2, 0x7F, 0x80, 0xFF, (byte)'"', (byte)',', (byte)'\n', (byte)'\\', (byte)'{', (byte)'}', (byte)'[', (byte)'0'];

    public byte[] Next()
    {
        byte[] bytes = new byte[random.Next(64)];
        random.NextBytes(bytes);
        return bytes;
    }

    public byte[] Damage(byte[] message)
    {
        List<byte> bytes = [.. message];
        for (int wounds = random.Next(0, 4); wounds > 0 && bytes.Count > 1; wounds--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.Insert(at, Favourites[random.Next(Favourites.Length)]);
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    int length = Math.Min(random.Next(1, 9), bytes.Count - at);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }
}
