using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace AniWorld.Services.Configuration;

/// <summary>The whole configuration, in the shape of <c>data/config.json</c>. Every member has its default here.</summary>
public sealed record AniWorldOptions
{
    /// <summary>The library's root folder; relative paths count from the working folder.</summary>
    [ConfigurationKeyName("anime_directory"), Required]
    public string AnimeDirectory { get; init; } = "./library";

    [ConfigurationKeyName("downloads")]
    public DownloadOptions Downloads { get; init; } = new();

    [ConfigurationKeyName("languages")]
    public LanguageOptions Languages { get; init; } = new();

    [ConfigurationKeyName("hosters")]
    public HosterOptions Hosters { get; init; } = new();

    /// <summary>By provider name; none is on until the user turns it on.</summary>
    [ConfigurationKeyName("providers")]
    public IReadOnlyDictionary<string, ProviderOptions> Providers { get; init; } = new Dictionary<string, ProviderOptions>();

    [ConfigurationKeyName("naming")]
    public NamingOptions Naming { get; init; } = new();

    [ConfigurationKeyName("library")]
    public LibraryOptions Library { get; init; } = new();

    [ConfigurationKeyName("scheduler")]
    public SchedulerOptions Scheduler { get; init; } = new();

    [ConfigurationKeyName("network")]
    public NetworkOptions Network { get; init; } = new();

    [ConfigurationKeyName("backup")]
    public BackupOptions Backup { get; init; } = new();

    [ConfigurationKeyName("clean_up")]
    public CleanUpOptions CleanUp { get; init; } = new();

    [ConfigurationKeyName("logging")]
    public LoggingOptions Logging { get; init; } = new();

    [ConfigurationKeyName("metadata")]
    public MetadataOptions Metadata { get; init; } = new();

    [ConfigurationKeyName("metrics")]
    public MetricsOptions Metrics { get; init; } = new();

    [ConfigurationKeyName("ui")]
    public UiOptions Ui { get; init; } = new();

    [ConfigurationKeyName("notifications")]
    public IReadOnlyList<NotificationOptions> Notifications { get; init; } = [];

    /// <summary>Environment and <c>appsettings.json</c> only, never the API.</summary>
    [ConfigurationKeyName("database")]
    public DatabaseOptions Database { get; init; } = new();

    /// <summary>Environment and <c>appsettings.json</c> only, never the API.</summary>
    [ConfigurationKeyName("redis")]
    public RedisOptions Redis { get; init; } = new();

    /// <summary>Environment and <c>appsettings.json</c> only, never the API.</summary>
    [ConfigurationKeyName("tools")]
    public ToolOptions Tools { get; init; } = new();

    /// <summary>Environment and <c>appsettings.json</c> only, never the API.</summary>
    [ConfigurationKeyName("limits")]
    public LimitOptions Limits { get; init; } = new();
}

/// <summary>How the queue is worked off. Configuration member <c>downloads</c>.</summary>
public sealed record DownloadOptions
{
    /// <summary>Items at once: 1 to 20, default 3.</summary>
    [ConfigurationKeyName("parallel"), Range(1, 20)]
    public int Parallel { get; init; } = 3;

    /// <summary>Connections per file, at most: 1 to 16, default 8.</summary>
    [ConfigurationKeyName("connections"), Range(1, 16)]
    public int Connections { get; init; } = 8;

    /// <summary>Connections per host over all files: 1 to 64, default 16.</summary>
    [ConfigurationKeyName("per_host"), Range(1, 64)]
    public int PerHost { get; init; } = 16;

    /// <summary>Highest picture wanted, in pixels: 144 to 4320; null for the best.</summary>
    [ConfigurationKeyName("max_height"), Range(144, 4320)]
    public int? MaxHeight { get; init; }

    /// <summary>MiB per second over all downloads; 0 for no limit.</summary>
    [ConfigurationKeyName("speed_limit_mbps"), Range(0, 100_000)]
    public double SpeedLimitMbps { get; init; }

    [ConfigurationKeyName("speed_schedule")]
    public IReadOnlyList<SpeedRule> SpeedSchedule { get; init; } = [];

    /// <summary>MiB that stay free on the library's disk: 0 to 1,048,576, default 512.</summary>
    [ConfigurationKeyName("min_free_mb"), Range(0, 1_048_576)]
    public int MinFreeMb { get; init; } = 512;

    /// <summary>Attempts before an item fails: 1 to 20, default 5.</summary>
    [ConfigurationKeyName("attempts"), Range(1, 20)]
    public int Attempts { get; init; } = 5;

    /// <summary>Silence after which a transfer counts as stalled, in seconds: 1 to 300, default 30.</summary>
    [ConfigurationKeyName("stall_seconds"), Range(1, 300)]
    public int StallSeconds { get; init; } = 30;

    /// <summary>First wait between attempts, in seconds, doubling to 10 minutes: 0.01 to 60, default 1.</summary>
    [ConfigurationKeyName("backoff_seconds"), Range(0.01, 60)]
    public double BackoffSeconds { get; init; } = 1;

    /// <summary>How long a worker's claim holds without a heartbeat, in seconds: 5 to 600, default 60.</summary>
    [ConfigurationKeyName("lease_seconds"), Range(5, 600)]
    public int LeaseSeconds { get; init; } = 60;
}

/// <summary>Another speed limit for some hours of some days.</summary>
public sealed record SpeedRule
{
    /// <summary><c>mon</c> to <c>sun</c>; empty for every day.</summary>
    [ConfigurationKeyName("days")]
    public IReadOnlyList<string> Days { get; init; } = [];

    /// <summary>Local time, <c>HH:mm</c>.</summary>
    [ConfigurationKeyName("from"), RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    public string From { get; init; } = "00:00";

    /// <summary>Local time, <c>HH:mm</c>; earlier than <see cref="From"/> means the next day.</summary>
    [ConfigurationKeyName("to"), RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    public string To { get; init; } = "00:00";

    /// <summary>MiB per second; 0 for no limit.</summary>
    [ConfigurationKeyName("limit_mbps"), Range(0, 100_000)]
    public double LimitMbps { get; init; }
}

/// <summary>Which languages are wanted. Configuration member <c>languages</c>.</summary>
public sealed record LanguageOptions
{
    [ConfigurationKeyName("default_profile"), Required]
    public string DefaultProfile { get; init; } = "default";

    [ConfigurationKeyName("profiles")]
    public IReadOnlyList<LanguageProfile> Profiles { get; init; } = [];
}

/// <summary>An ordered wish list of languages.</summary>
public sealed record LanguageProfile
{
    [ConfigurationKeyName("name"), Required]
    public string Name { get; init; } = "";

    /// <summary>Best first.</summary>
    [ConfigurationKeyName("order"), MinLength(1)]
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>Once a file has this language or a better one, nothing better is looked for.</summary>
    [ConfigurationKeyName("cutoff"), Required]
    public string Cutoff { get; init; } = "";

    /// <summary><c>replace</c> or <c>keep_both</c>.</summary>
    [ConfigurationKeyName("on_better"), RegularExpression("^(replace|keep_both)$")]
    public string OnBetter { get; init; } = Replace;

    /// <summary>Days to wait for a better language before the next one is taken: 0 to 365.</summary>
    [ConfigurationKeyName("grace_days"), Range(0, 365)]
    public int GraceDays { get; init; }

    /// <summary>What is on disk goes to the trash once the better one is there.</summary>
    public const string Replace = "replace";

    /// <summary>What is on disk stays beside the better one.</summary>
    public const string KeepBoth = "keep_both";

    /// <summary>The profile used when none is configured.</summary>
    public static LanguageProfile Default { get; } =
        new() { Name = "default", Order = ["de-dub", "de-sub", "en-sub"], Cutoff = "de-dub" };
}

public sealed record HosterOptions
{
    /// <summary>Names in the order to try them; the rest follow.</summary>
    [ConfigurationKeyName("order")]
    public IReadOnlyList<string> Order { get; init; } = [];
}

public sealed record ProviderOptions
{
    [ConfigurationKeyName("enabled")]
    public bool Enabled { get; init; }

    /// <summary>Absolute http or https address; null for the profile's own.</summary>
    [ConfigurationKeyName("base_url"), Url]
    public string? BaseUrl { get; init; }

    /// <summary>1 to 6,000, default 60.</summary>
    [ConfigurationKeyName("requests_per_minute"), Range(1, 6_000)]
    public int RequestsPerMinute { get; init; } = 60;

    /// <summary>
    /// Requests a day, by UTC, up to which AniWorld looks by itself what is new: 10 to 1,000,000, default 5,000. What people ask for goes
    /// out in any case, and counts.
    /// </summary>
    [ConfigurationKeyName("requests_per_day"), Range(10, 1_000_000)]
    public int RequestsPerDay { get; init; } = 5_000;

    /// <summary>What its videos are heard and read in when nothing else says so, such as <c>en-sub</c>; only <c>yt-dlp</c> needs it.</summary>
    [ConfigurationKeyName("language"), RegularExpression("^(unknown|[a-z]{2}(-(dub|sub))?)$")]
    public string? Language { get; init; }
}

/// <summary>How folders and files are named. Configuration member <c>naming</c>.</summary>
public sealed record NamingOptions
{
    /// <summary>Of <c>{name}</c> and <c>{year}</c>.</summary>
    [ConfigurationKeyName("folder"), Required]
    public string Folder { get; init; } = "{name} ({year})";

    /// <summary>Below the series folder, <c>/</c> between parts, without extension: of <c>{name}</c>, <c>{season}</c>, <c>{episode}</c>, <c>{title}</c>, <c>{language}</c>, <c>{year}</c>.</summary>
    [ConfigurationKeyName("episode"), Required]
    public string Episode { get; init; } = "Season {season:00}/{name} - S{season:00}E{episode:00} - {title} [{language}]";

    /// <summary>The same for films and specials.</summary>
    [ConfigurationKeyName("special"), Required]
    public string Special { get; init; } = "Specials/{name} - S00E{episode:00} - {title} [{language}]";

    /// <summary>Which of an episode's titles is used: <c>de</c> or <c>en</c>.</summary>
    [ConfigurationKeyName("title_language"), RegularExpression("^[a-z]{2}$")]
    public string TitleLanguage { get; init; } = "de";
}

public sealed record LibraryOptions
{
    /// <summary>Whether a folder that is a link out of the library is read and written.</summary>
    [ConfigurationKeyName("follow_links")]
    public bool FollowLinks { get; init; }

    /// <summary>Names of folders in the library that belong to no series and shall not be offered for import.</summary>
    [ConfigurationKeyName("ignored_folders"), MaxLength(10_000)]
    public IReadOnlyList<string> IgnoredFolders { get; init; } = [];

    /// <summary>Days until the trash is emptied: 1 to 3,650, default 30.</summary>
    [ConfigurationKeyName("trash_days"), Range(1, 3_650)]
    public int TrashDays { get; init; } = 30;

    /// <summary>Minutes that one run of the integrity check may take: 1 to 1,440, default 60. The next run goes on from there.</summary>
    [ConfigurationKeyName("check_minutes"), Range(1, 1_440)]
    public int CheckMinutes { get; init; } = 60;

    /// <summary>Days after which a file that was sound is checked again: 1 to 3,650, default 90.</summary>
    [ConfigurationKeyName("check_days"), Range(1, 3_650)]
    public int CheckDays { get; init; } = 90;
}

/// <summary>What is done by itself, and when. Configuration member <c>scheduler</c>; time, days and cron are those of the library's scan.</summary>
public sealed record SchedulerOptions
{
    /// <summary>Switches everything but the backups, which have a switch of their own.</summary>
    [ConfigurationKeyName("enabled")]
    public bool Enabled { get; init; } = true;

    /// <summary>Local time, <c>HH:mm</c>.</summary>
    [ConfigurationKeyName("schedule_time"), RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    public string ScheduleTime { get; init; } = "03:00";

    /// <summary><c>mon</c> to <c>sun</c>; empty for every day.</summary>
    [ConfigurationKeyName("schedule_days")]
    public IReadOnlyList<string> ScheduleDays { get; init; } = [];

    /// <summary>In Quartz's form; wins over time and days.</summary>
    [ConfigurationKeyName("cron")]
    public string? Cron { get; init; }

    /// <summary>IANA name; null for the host's.</summary>
    [ConfigurationKeyName("time_zone")]
    public string? TimeZone { get; init; }

    [ConfigurationKeyName("auto_download_after_rescan")]
    public bool AutoDownloadAfterRescan { get; init; }

    /// <summary>By the job's name, such as <c>catalogue-refresh</c>.</summary>
    [ConfigurationKeyName("jobs")]
    public IReadOnlyDictionary<string, JobOptions> Jobs { get; init; } = new Dictionary<string, JobOptions>();
}

/// <summary>One job of the schedule.</summary>
public sealed record JobOptions
{
    [ConfigurationKeyName("enabled")]
    public bool Enabled { get; init; } = true;

    /// <summary>In Quartz's form; null for the job's own. The library's scan goes by <c>scheduler.cron</c> instead.</summary>
    [ConfigurationKeyName("cron")]
    public string? Cron { get; init; }
}

/// <summary>For how long things are kept that nobody needs any more. Configuration member <c>clean_up</c>; the trash has <c>library.trash_days</c>.</summary>
public sealed record CleanUpOptions
{
    /// <summary>Days that files which failed their check stay in the quarantine: 1 to 3,650, default 30.</summary>
    [ConfigurationKeyName("quarantine_days"), Range(1, 3_650)]
    public int QuarantineDays { get; init; } = 30;

    /// <summary>Days for covers of series that were never added, and for catalogue pages that nobody asked for: 1 to 3,650, default 30.</summary>
    [ConfigurationKeyName("cache_days"), Range(1, 3_650)]
    public int CacheDays { get; init; } = 30;

    /// <summary>Days of the history, with the scans and removed downloads in it: 30 to 36,500, default 730.</summary>
    [ConfigurationKeyName("history_days"), Range(30, 36_500)]
    public int HistoryDays { get; init; } = 730;

    /// <summary>Days of the log, of which the newest 14 files are kept at most: 1 to 3,650, default 14.</summary>
    [ConfigurationKeyName("log_days"), Range(1, 3_650)]
    public int LogDays { get; init; } = 14;
}

/// <summary>How AniWorld reaches out and is reached. Configuration member <c>network</c>.</summary>
public sealed record NetworkOptions
{
    /// <summary><c>host:port</c> of private addresses that links may lead to; empty by default.</summary>
    [ConfigurationKeyName("allow_private_hosts")]
    public IReadOnlyList<string> AllowPrivateHosts { get; init; } = [];

    /// <summary>Proxy for outbound requests; <c>HTTP_PROXY</c> is ignored.</summary>
    [ConfigurationKeyName("proxy"), Url]
    public string? Proxy { get; init; }

    /// <summary>Addresses whose forwarding headers are believed.</summary>
    [ConfigurationKeyName("known_proxies")]
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>Public names that this server answers to.</summary>
    [ConfigurationKeyName("public_hosts")]
    public IReadOnlyList<string> PublicHosts { get; init; } = [];

    /// <summary>Path below which everything is served, such as <c>/aniworld</c>; empty for the root.</summary>
    [ConfigurationKeyName("url_base"), RegularExpression("^(/[A-Za-z0-9._~-]+)*$")]
    public string UrlBase { get; init; } = "";
}

public sealed record BackupOptions
{
    [ConfigurationKeyName("enabled")]
    public bool Enabled { get; init; } = true;

    [ConfigurationKeyName("keep_count"), Range(1, 1_000)]
    public int KeepCount { get; init; } = 20;

    [ConfigurationKeyName("keep_days"), Range(1, 3_650)]
    public int KeepDays { get; init; } = 30;
}

public sealed record LoggingOptions
{
    /// <summary><c>verbose</c>, <c>debug</c>, <c>information</c>, <c>warning</c> or <c>error</c>.</summary>
    [ConfigurationKeyName("level"), RegularExpression("^(verbose|debug|information|warning|error)$")]
    public string Level { get; init; } = "information";
}

/// <summary>What is written into series folders for Kodi and Jellyfin. Files that are there and are not AniWorld's stay as they are.</summary>
public sealed record MetadataOptions
{
    /// <summary><c>tvshow.nfo</c> and an NFO per episode.</summary>
    [ConfigurationKeyName("nfo")]
    public bool Nfo { get; init; } = true;

    /// <summary><c>poster.jpg</c> and <c>fanart.jpg</c>.</summary>
    [ConfigurationKeyName("artwork")]
    public bool Artwork { get; init; } = true;
}

public sealed record MetricsOptions
{
    /// <summary><c>/metrics</c> answers without a token.</summary>
    [ConfigurationKeyName("public")]
    public bool Public { get; init; }
}

public sealed record UiOptions
{
    /// <summary><c>de</c> or <c>en</c>; null follows the browser.</summary>
    [ConfigurationKeyName("language"), RegularExpression("^(de|en)$")]
    public string? Language { get; init; }

    [ConfigurationKeyName("theme"), RegularExpression("^(system|light|dark)$")]
    public string Theme { get; init; } = "system";

    /// <summary>The first steps were gone through to their end, or left; pages no longer lead to them.</summary>
    [ConfigurationKeyName("welcome_done")]
    public bool WelcomeDone { get; init; }

    /// <summary>Filters of the page of missing episodes that the user keeps.</summary>
    [ConfigurationKeyName("missing_filters")]
    public IReadOnlyList<SavedFilter> MissingFilters { get; init; } = [];
}

public sealed record SavedFilter
{
    [ConfigurationKeyName("name"), Required]
    public string Name { get; init; } = "";

    /// <summary>As in the page's address, such as <c>kind=upgradable&amp;language=de-dub</c>.</summary>
    [ConfigurationKeyName("query"), RegularExpression(@"^[A-Za-z0-9_=&%+.~-]{0,500}$")]
    public string Query { get; init; } = "";
}

/// <summary>Where the tools are; null looks on <c>PATH</c>.</summary>
public sealed record ToolOptions
{
    [ConfigurationKeyName("ffmpeg")]
    public string? Ffmpeg { get; init; }

    [ConfigurationKeyName("ffprobe")]
    public string? Ffprobe { get; init; }

    [ConfigurationKeyName("yt_dlp")]
    public string? YtDlp { get; init; }

    /// <summary>Backs PostgreSQL up.</summary>
    [ConfigurationKeyName("pg_dump")]
    public string? PgDump { get; init; }
}

/// <summary>Bounds on what others may cost us. Settings, so that tests can shrink them.</summary>
public sealed record LimitOptions
{
    [ConfigurationKeyName("connect_seconds"), Range(0.1, 300)]
    public double ConnectSeconds { get; init; } = 10;

    [ConfigurationKeyName("header_seconds"), Range(0.1, 300)]
    public double HeaderSeconds { get; init; } = 30;

    [ConfigurationKeyName("redirects"), Range(0, 50)]
    public int Redirects { get; init; } = 10;

    /// <summary>A page or JSON answer, decoded.</summary>
    [ConfigurationKeyName("page_bytes"), Range(1024, 1 << 30)]
    public int PageBytes { get; init; } = 5 << 20;

    [ConfigurationKeyName("parse_seconds"), Range(0.1, 300)]
    public double ParseSeconds { get; init; } = 5;

    [ConfigurationKeyName("playlist_bytes"), Range(1024, 1 << 30)]
    public int PlaylistBytes { get; init; } = 5 << 20;

    [ConfigurationKeyName("playlist_segments"), Range(1, 10_000_000)]
    public int PlaylistSegments { get; init; } = 20_000;

    [ConfigurationKeyName("cover_bytes"), Range(1024, 1 << 30)]
    public int CoverBytes { get; init; } = 10 << 20;

    [ConfigurationKeyName("file_bytes"), Range(1, long.MaxValue)]
    public long FileBytes { get; init; } = 50L << 30;

    /// <summary>Work factor of bcrypt: 4 to 16.</summary>
    [ConfigurationKeyName("bcrypt_cost"), Range(4, 16)]
    public int BcryptCost { get; init; } = 12;

    [ConfigurationKeyName("api_body_bytes"), Range(1024, 1 << 30)]
    public int ApiBodyBytes { get; init; } = 1 << 20;

    /// <summary>How long a request waits for a database that another process writes to: 0.1 to 300, default 30. Read at start.</summary>
    [ConfigurationKeyName("database_busy_seconds"), Range(0.1, 300)]
    public double DatabaseBusySeconds { get; init; } = 30;

    /// <summary>A backup that is taken in, as it comes.</summary>
    [ConfigurationKeyName("backup_bytes"), Range(1024, long.MaxValue)]
    public long BackupBytes { get; init; } = 2L << 30;

    /// <summary>What comes out of a backup.</summary>
    [ConfigurationKeyName("backup_unpacked_bytes"), Range(1024, long.MaxValue)]
    public long BackupUnpackedBytes { get; init; } = 8L << 30;

    /// <summary>How long a page that lost its connection is remembered: 1 to 86,400, default 180. One that comes back later is loaded anew. Read at start.</summary>
    [ConfigurationKeyName("page_seconds"), Range(1, 86_400)]
    public double PageSeconds { get; init; } = 180;

    /// <summary>From SIGTERM to exit.</summary>
    [ConfigurationKeyName("shutdown_seconds"), Range(1, 300)]
    public double ShutdownSeconds { get; init; } = 25;
}
