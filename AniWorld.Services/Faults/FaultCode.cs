namespace AniWorld.Services.Faults;

/// <summary>The names that failures go by in the queue, in events, in the API and in the log.</summary>
public static class FaultCode
{
    public const string DiskFull = "disk_full";
    public const string ReadOnly = "read_only";
    public const string PermissionDenied = "permission_denied";
    public const string TargetMissing = "target_missing";
    public const string NameConflict = "name_conflict";
    public const string IoError = "io_error";
    public const string Truncated = "truncated";
    public const string ChangedUpstream = "changed_upstream";
    public const string TooLarge = "too_large";
    public const string TooSmall = "too_small";
    public const string NotMedia = "not_media";
    public const string Stalled = "stalled";
    public const string Timeout = "timeout";
    public const string Dns = "dns";
    public const string Refused = "refused";
    public const string Tls = "tls";
    public const string RateLimited = "rate_limited";
    public const string TooManyRedirects = "too_many_redirects";
    public const string ProtocolError = "protocol_error";
    public const string BlockedAddress = "blocked_address";
    public const string BlockedScheme = "blocked_scheme";
    public const string PlaylistInvalid = "playlist_invalid";
    public const string PlaylistTooLarge = "playlist_too_large";
    public const string LiveStream = "live_stream";
    public const string SegmentMissing = "segment_missing";
    public const string BadKey = "bad_key";
    public const string UnsupportedEncryption = "unsupported_encryption";
    public const string ProviderChanged = "provider_changed";
    public const string NoStream = "no_stream";
    public const string ToolMissing = "tool_missing";
    public const string ToolFailed = "tool_failed";
    public const string ManualAction = "manual_action";
    public const string LanguageMissing = "language_missing";
    public const string Internal = "internal";

    /// <summary>The code of an HTTP status that is an error, such as <c>http_404</c>.</summary>
    public static string Http(int status) => $"http_{status}";
}
