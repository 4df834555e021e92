using System.Runtime.InteropServices;
using System.Text;

namespace ClickSink.Embedded.Chdb;

/// <summary>Texts in native memory, as an array of zero-terminated UTF-8 strings and one of their lengths.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly int _count;

    public NativeTexts(IReadOnlyList<string> texts)
    {
        _count = texts.Count;
        if (_count == 0)
            return;
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)_count, (nuint)sizeof(byte*));
        Lengths = (nuint*)NativeMemory.Alloc((nuint)_count, (nuint)sizeof(nuint));
        for (var i = 0; i < _count; i++)
        {
            var bytes = Encoding.UTF8.GetByteCount(texts[i]);
            Pointers[i] = (byte*)NativeMemory.Alloc((nuint)bytes + 1);
            Encoding.UTF8.GetBytes(texts[i], new Span<byte>(Pointers[i], bytes));
            Pointers[i][bytes] = 0;
            Lengths[i] = (nuint)bytes;
        }
    }

    public byte** Pointers { get; private set; }

    public nuint* Lengths { get; private set; }

    public void Dispose()
    {
        if (Pointers == null)
            return;
        for (var i = 0; i < _count; i++)
            NativeMemory.Free(Pointers[i]);
        NativeMemory.Free(Pointers);
        NativeMemory.Free(Lengths);
        Pointers = null;
        Lengths = null;
    }
}
