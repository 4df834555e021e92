using System.Text;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Silo.Api;

/// <summary>Reads the text of a request.</summary>
internal static class RequestBody
{
    /// <summary>
    /// Reads it, as far as a document may go. Kestrel allows more than that, and reads what is left of it after the answer: a client that
    /// is cut off while it sends sees a
    /// lost connection instead of the reason.
    /// </summary>
    public static async Task<string> ReadAsync(HttpContext context, CancellationToken cancellation)
    {
        var tooLarge = new BadHttpRequestException(
            $"The document is larger than {DocumentText.MaxLength} bytes.", StatusCodes.Status413PayloadTooLarge);
        if (context.Request.ContentLength > DocumentText.MaxLength) throw tooLarge;
        using var body = new MemoryStream();
        while (await context.Request.BodyReader.ReadAsync(cancellation) is { } read)
        {
            foreach (var part in read.Buffer) body.Write(part.Span);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (body.Length > DocumentText.MaxLength) throw tooLarge;
            if (read.IsCompleted) break;
        }

        body.Position = 0;
        using var reader = new StreamReader(body, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellation);
    }
}
