using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Finstage.Silo.Api;

/// <summary>
/// The page at <c>/</c>: files that the program carries in itself, the same whatever folder it runs from. They are open to everybody,
/// for they hold nothing; what they show, they ask the API for.
/// </summary>
internal static class PageFiles
{
    /// <summary>Serves the page, before anything asks for a key.</summary>
    public static void UsePage(this WebApplication app)
    {
        var files = new EmbeddedFileProvider(typeof(PageFiles).Assembly, "Finstage.Silo.wwwroot");
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files, DefaultFileNames = ["index.html"] });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,

            // Asked for again each time, and answered 304 as long as it is the same.
            OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] = "no-cache",
        });
    }
}
