using System.Runtime.InteropServices;

namespace ClickSink.Embedded.Chdb;

/// <summary>chDB's C functions, found in libchdb.so once a process. Signatures: chdb.h of chDB 26.5.</summary>
/// <remarks>
/// Function pointers rather than [LibraryImport], because the path of the library is only known at start.
/// The library is never unloaded: its threads outlive every connection.
/// </remarks>
internal sealed unsafe class ChdbLibrary
{
    public readonly delegate* unmanaged[Cdecl]<int, byte**, nint*> Connect;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> Close;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> Query;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> OpenStream;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, nint> Fetch;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, void> CancelStream;
    public readonly delegate* unmanaged[Cdecl]<nint, void> Destroy;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*> Buffer;
    public readonly delegate* unmanaged[Cdecl]<nint, nuint> Length;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*> Error;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong> ResultRows;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong> StorageRowsRead;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong> StorageBytesRead;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong> RowsWritten;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong> BytesWritten;

    private ChdbLibrary(nint handle, string path)
    {
        nint Find(string name) => NativeLibrary.TryGetExport(handle, name, out var address)
            ? address
            : throw new EmbeddedClickHouseException(
                $"{path} has no function {name}: it is not chDB, or older than 26.5. Install the npm package @chdb/lib-linux-x64-gnu 26.5 or later.");

        Connect = (delegate* unmanaged[Cdecl]<int, byte**, nint*>)Find("chdb_connect");
        Close = (delegate* unmanaged[Cdecl]<nint*, void>)Find("chdb_close_conn");
        Query = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint>)Find("chdb_query_with_params_n");
        OpenStream = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint>)Find("chdb_stream_query_with_params_n");
        Fetch = (delegate* unmanaged[Cdecl]<nint, nint, nint>)Find("chdb_stream_fetch_result");
        CancelStream = (delegate* unmanaged[Cdecl]<nint, nint, void>)Find("chdb_stream_cancel_query");
        Destroy = (delegate* unmanaged[Cdecl]<nint, void>)Find("chdb_destroy_query_result");
        Buffer = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("chdb_result_buffer");
        Length = (delegate* unmanaged[Cdecl]<nint, nuint>)Find("chdb_result_length");
        Error = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("chdb_result_error");
        ResultRows = (delegate* unmanaged[Cdecl]<nint, ulong>)Find("chdb_result_rows_read");
        StorageRowsRead = (delegate* unmanaged[Cdecl]<nint, ulong>)Find("chdb_result_storage_rows_read");
        StorageBytesRead = (delegate* unmanaged[Cdecl]<nint, ulong>)Find("chdb_result_storage_bytes_read");
        RowsWritten = (delegate* unmanaged[Cdecl]<nint, ulong>)Find("chdb_result_rows_written");
        BytesWritten = (delegate* unmanaged[Cdecl]<nint, ulong>)Find("chdb_result_bytes_written");
    }

    /// <summary>Loads the library at <paramref name="path"/>.</summary>
    public static ChdbLibrary Load(string path)
    {
        try
        {
            return new ChdbLibrary(NativeLibrary.Load(path), path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new EmbeddedClickHouseException($"{path} cannot be loaded: {e.Message} It needs Linux on x64 with glibc 2.28 or later.", e);
        }
    }
}
