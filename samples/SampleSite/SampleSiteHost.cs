using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using AniWorld.SampleSite.Catalogue;
using AniWorld.SampleSite.Faults;
using AniWorld.SampleSite.Media;
using AniWorld.SampleSite.Pages;

namespace AniWorld.SampleSite;

/// <summary>Puts the site together.</summary>
public static class SampleSiteHost
{
    /// <param name="args">ASP.NET Core's, such as <c>--urls</c>. No file is read: a site is the same wherever it is started.</param>
    public static WebApplication Build(SampleSiteOptions options, string[] args)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = args });
        builder.Configuration.AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args);
        // Without a buffer a flushed byte has reached the socket: a connection that is reset after n bytes has sent n bytes.
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.MaxWriteBufferSize = 1);
        builder.WebHost.UseUrls(options.Address ?? builder.Configuration["urls"] ?? options.FallbackAddress);
        // A stalled or throttled answer must not hold the end of a test back.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        // Kestrel reports each answer that is cut short; here that is done on purpose.
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.None);
        AddServices(builder.Services, options);

        var app = builder.Build();
        app.UseMiddleware<RequestLogMiddleware>();
        app.UseMiddleware<FaultMiddleware>();
        app.MapPages().MapSearch().MapPictures().MapRedirectLinks().MapHosters().MapControl();
        return app;
    }

    private static void AddServices(IServiceCollection services, SampleSiteOptions options)
    {
        services.AddRouting();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton(options);
        services.AddSingleton(options.Time);
        services.AddSingleton(_ => SampleCatalogue.Load());
        services.AddSingleton<FaultPlan>();
        services.AddSingleton<RequestLog>();
        services.AddHttpContextAccessor();
        services.AddScoped<PageRenderer>();
        services.AddHosters();
    }
}
