using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AniWorld.Blazor.Auth;
using AniWorld.Data;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Blazor.Tests.Auth;

/// <summary>A server on a loopback port with the log-in and a few endpoints behind it.</summary>
public sealed class AuthServer : IAsyncLifetime
{
    public const string Password = "Ein langes Kennwort";

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-test-").FullName;
    private WebApplication _app = null!;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>May be replaced in a test; read with each request.</summary>
    internal Settings Options { get; } = new();

    internal ChosenConfiguration Configuration { get; } = new();

    /// <summary>Everything that was logged, down to the finest level.</summary>
    internal LogLines Log { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IOptionsMonitor<AniWorldOptions>>(Options);
        builder.Services.AddSingleton(new DataFolder(_folder, _folder));
        builder.Services.AddSingleton<ISetupConfiguration>(Configuration);
        builder.Services.AddSqliteDatabase(Path.Combine(_folder, "aniworld.db"));
        builder.Services.ConfigureHttpJsonOptions(json => ContractJson.Apply(json.SerializerOptions));
        builder.Services.AddExceptionHandler<UnhandledFaults>().AddProblemDetails();
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddRequestRules();
        builder.Services.AddRazorComponents();
        builder.Services.AddWebAuth();
        _app = builder.Build();
        await using (var database = await _app.Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>().CreateDbContextAsync())
        {
            await database.Database.MigrateAsync();
        }

        _app.UseCallers();
        _app.UseExceptionHandler();
        _app.UseRouting();
        _app.UseWebAuth();
        _app.MapGroup("").WithRequestRules().MapAuth();
        _app.MapGet("/api/anime", () => "series");
        _app.MapPost("/api/anime/add", () => "added");
        _app.MapGet("/api/config", () => "settings");
        _app.MapDelete("/api/anime/{key}/episodes/1/1/files/ja", () => "deleted");
        _app.MapDelete("/api/anime/{key}", () => "deleted");
        _app.MapGet("/ws/connect", (HttpContext context) => context.User.Identity!.AuthenticationType);
        _app.MapGet("/library", () => "page");
        await _app.StartAsync();
    }

    /// <summary>A client that neither follows redirects nor keeps cookies.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        return client;
    }

    public async Task SetUpAsync()
    {
        using var client = Client();
        using var answer = await client.PostAsJsonAsync("/api/auth/setup", new { master_password = Password });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    public async Task<string> LogInAsync()
    {
        using var client = Client();
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { password = Password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    internal sealed class Settings : IOptionsMonitor<AniWorldOptions>
    {
        public AniWorldOptions CurrentValue { get; set; } = new() { Limits = new LimitOptions { BcryptCost = 4 } };

        public NetworkOptions Network
        {
            set => CurrentValue = CurrentValue with { Network = value };
        }

        public AniWorldOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<AniWorldOptions, string?> listener) => null;
    }

    internal sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
