/**
 * AniWorld's REST API, one method per call; the twin of websocket_client.js. An ES module without packages or build step.
 *
 *   import { api, ApiClient } from "/js/api_client.js";              a module, in a page or in Node
 *   const { api } = await import("/js/api_client.js");               a classic script
 *   <script type="module" src="/js/api_client.js"></script>          sets the globals api and ApiClient for the scripts that run later
 *
 *   await api.login(password);
 *   for (const series of await api.anime.list({ all: true })) console.log(series.name, series.missing_count);
 *
 * What is sent and what comes back has the names of the contract, in snake_case. A refusal is thrown as an ApiError.
 */

const tokenName = "access_token";

/**
 * @typedef {"de-dub" | "en-dub" | "de-sub" | "en-sub" | "ja" | "unknown" | string} Language
 * @typedef {"low" | "normal" | "high"} Priority
 * @typedef {{ season: number, episode: number }} EpisodeNumber
 * @typedef {{ code: string, sentence: string, until: string | null }} Decision
 * @typedef {{ page?: number, per_page?: number, filter?: string }} Paging
 *
 * @typedef {{ access_token: string, token_type: "bearer", expires_at: string }} Token
 * @typedef {{ id: string, created_at: string, last_seen_at: string, expires_at: string, address: string | null, user_agent: string | null,
 *   current: boolean }} Session
 * @typedef {{ id: string, name: string, scopes: ("read" | "write" | "admin")[], created_at: string, expires_at: string | null,
 *   last_used_at?: string | null }} ApiKey
 * @typedef {{ name: string, size_bytes: number, created_at: string, reason: string, parts: BackupPart[] }} Backup
 * @typedef {"config" | "database"} BackupPart
 * @typedef {{ valid: boolean, errors: { path: string, message: string }[], warnings: any[] }} Validation
 *
 * @typedef {{ key: string, name: string, site: string, folder: string, missing_episodes: Record<string, number[]>, link: string,
 *   missing_count: number, episode_count: number, downloaded_count: number, monitored: boolean, cover: string | null, year: number | null
 *   }} AnimeSummary
 * @typedef {EpisodeNumber & { title: string, titles: Record<string, string>, absolute: number | null, is_downloaded: boolean,
 *   file_path: string | null, size_bytes: number | null, queue_status: DownloadStatus | null, available: Language[], ignored: boolean,
 *   files: { language: Language, path: string, size_bytes: number, verified: boolean }[], decision: Decision }} AnimeEpisode
 * @typedef {AnimeSummary & { title: string, description: string | null, episodes: AnimeEpisode[] }} AnimeDetail
 * @typedef {{ key: string, name: string, site: string, link: string, folder: string, year: number | null, description: string | null,
 *   cover: string | null, in_library: boolean }} SearchHit
 * @typedef {EpisodeNumber & { key: string, name: string, titles: Record<string, string>, wanted: Language | null, available: Language[],
 *   decision: Decision }} MissingEpisode
 * @typedef {{ scan_id: string, state: string, key: string | null, current: number, total: number, files: number, missing: number,
 *   message: string | null, started_at: string, finished_at: string | null }} Scan
 *
 * @typedef {"pending" | "resolving" | "downloading" | "paused" | "processing" | "completed" | "failed" | "cancelled"} DownloadStatus
 * @typedef {{ serie_id: string, serie_folder?: string, serie_name?: string, episodes: EpisodeNumber[], priority?: Priority,
 *   language?: Language }} DownloadRequest
 * @typedef {{ percent: number, downloaded_mb: number, total_mb: number | null, speed_mbps: number, eta_seconds: number | null }} Progress
 * @typedef {{ id: string, serie_id: string, serie_folder: string, serie_name: string, episode: EpisodeNumber & { title: string | null },
 *   language: Language, hoster: string | null, status: DownloadStatus, progress: Progress | null, priority: Priority, added_at: string,
 *   started_at: string | null, completed_at: string | null, error: string | null, retry_count: number, next_retry_at: string | null,
 *   file_path: string | null }} DownloadItem
 * @typedef {{ is_running: boolean, is_paused: boolean, active_downloads: DownloadItem[], pending_queue: DownloadItem[],
 *   completed_downloads: DownloadItem[], failed_downloads: DownloadItem[], statistics: Record<string, number | null> }} QueueStatus
 *
 * @typedef {object} RequestOptions
 * @property {Record<string, string | number | boolean | null | undefined>} [query] What is null or undefined is left out.
 * @property {any} [body] Sent as JSON; a Blob, ArrayBuffer or ReadableStream as it is.
 * @property {"json" | "text" | "blob" | "list"} [as] What the answer is; a list also has `total`.
 * @property {boolean} [anonymous] Sends no token.
 * @property {AbortSignal} [signal]
 *
 * @typedef {object} ApiOptions
 * @property {Pick<Storage, "getItem" | "setItem" | "removeItem">} [storage] Keeps the token under access_token; the page's localStorage,
 *   and where there is none, as in Node, this object's memory.
 * @property {string} [apiKey] Sent as X-Api-Key in place of a token.
 * @property {typeof globalThis.fetch} [fetch]
 */

/**
 * A list, with how many there are on all pages.
 * @template T
 * @typedef {T[] & { total: number }} List
 */

/** What the server refused, and why. */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {{ title?: string, detail?: string, errors?: Record<string, string[]>, trace_id?: string }} problem
   * @param {number} retryAfter
   */
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.name = "ApiError";
    this.status = status;
    this.title = problem.title;
    /** One sentence that says what to do. */
    this.detail = problem.detail;
    /** Member → messages, for 422. */
    this.errors = problem.errors ?? {};
    this.traceId = problem.trace_id;
    /** The whole answer; that of `health.ready` has its checks. @type {any} */
    this.problem = problem;
    /** Seconds to wait, for 429 and 503; else 0. */
    this.retryAfter = retryAfter;
  }

  /** @param {Response} answer */
  static async of(answer) {
    const problem = await answer.json().catch(() => ({ title: answer.statusText || undefined }));
    return new ApiError(answer.status, problem ?? {}, Number(answer.headers.get("Retry-After")) || 0);
  }
}

/** One server. `api` is the one that the page came from. */
export class ApiClient {
  #base;
  #storage;
  #apiKey;
  #fetch;
  /** @type {Set<(error: ApiError) => void>} */
  #unauthorized = new Set();

  /**
   * @param {string | URL} [url] As http://host:8000; by default the page's own server.
   * @param {ApiOptions} [options]
   */
  constructor(url, { storage = localStorageIfAny() ?? inMemory(), apiKey, fetch } = {}) {
    const origin = globalThis.location?.origin ?? "http://127.0.0.1:8000";
    this.#base = new URL(url ?? origin, origin);
    this.#base.pathname = this.#base.pathname.replace(/\/?$/, "/");
    this.#storage = storage;
    this.#apiKey = apiKey;
    this.#fetch = fetch;
  }

  /** The token of the session that is logged in; null without one. For `io(url, { token: () => api.token })`. */
  get token() {
    return this.#storage.getItem(tokenName);
  }

  /**
   * Calls when the server says 401: the token, if there was one, is cleared by then.
   * @param {"unauthorized"} event
   * @param {(error: ApiError) => void} listener
   */
  on(event, listener) {
    if (event === "unauthorized") {
      this.#unauthorized.add(listener);
    }

    return this;
  }

  /**
   * @param {"unauthorized"} event
   * @param {(error: ApiError) => void} listener
   */
  off(event, listener) {
    if (event === "unauthorized") {
      this.#unauthorized.delete(listener);
    }

    return this;
  }

  /**
   * Logs in and keeps the token. A wrong password is a 401 that says nothing of a token that is there: it stays.
   * @param {string} password
   * @param {{ remember?: boolean }} [options] `remember` for 30 days instead of 24 hours.
   * @returns {Promise<Token>}
   */
  async login(password, { remember } = {}) {
    const token = await this.request("POST", "/api/auth/login", { body: { password, remember }, anonymous: true });
    this.#storage.setItem(tokenName, token.access_token);
    return token;
  }

  /** Ends the session on the server and forgets its token. */
  async logout() {
    const token = this.token;
    await this.request("POST", "/api/auth/logout");
    this.#forget(token);
  }

  auth = {
    /**
     * Sets the master password, once.
     * @param {{ master_password: string, anime_directory?: string, setup_code?: string }} setup
     * @returns {Promise<{ status: "ok" }>}
     */
    setup: (setup) => this.request("POST", "/api/auth/setup", { body: setup, anonymous: true }),
    /** @type {ApiClient["login"]} */
    login: (password, options) => this.login(password, options),
    logout: () => this.logout(),
    /** @returns {Promise<{ configured: boolean, authenticated: boolean }>} */
    status: () => this.request("GET", "/api/auth/status"),
    /**
     * Changes the master password; all other sessions end.
     * @param {string} current
     * @param {string} next
     * @returns {Promise<{ status: "ok" }>}
     */
    changePassword: (current, next) =>
      this.request("POST", "/api/auth/password", { body: { current_password: current, new_password: next } }),
    /** @returns {Promise<Session[]>} */
    sessions: () => this.request("GET", "/api/auth/sessions"),
    /** @type {(id: string) => Promise<void>} */
    revokeSession: (id) => this.request("DELETE", `/api/auth/sessions/${part(id)}`),
    /** @returns {Promise<{ ticket: string, expires_at: string }>} Opens one WebSocket within 30 seconds. */
    wsTicket: () => this.request("POST", "/api/auth/ws-ticket"),
    /**
     * @param {{ name: string, scopes: ("read" | "write" | "admin")[], expires_at?: string }} key
     * @returns {Promise<ApiKey & { key: string }>} `key` is shown this once.
     */
    createApiKey: (key) => this.request("POST", "/api/auth/api-keys", { body: key }),
    /** @returns {Promise<ApiKey[]>} */
    apiKeys: () => this.request("GET", "/api/auth/api-keys"),
    /** @type {(id: string) => Promise<void>} */
    revokeApiKey: (id) => this.request("DELETE", `/api/auth/api-keys/${part(id)}`),
  };

  config = {
    /** @returns {Promise<any>} The whole configuration, secrets masked. */
    get: () => this.request("GET", "/api/config"),
    /** @type {(patch: object) => Promise<any>} Changes it by a JSON merge patch. */
    change: (patch) => this.request("PUT", "/api/config", { body: patch }),
    /** @type {(patch: object) => Promise<Validation>} Applies nothing. */
    validate: (patch) => this.request("POST", "/api/config/validate", { body: patch }),
    /** @returns {Promise<Backup[]>} Newest first. */
    backups: () => this.request("GET", "/api/config/backups"),
    /** @returns {Promise<Backup>} Made now, of configuration and database. */
    backup: () => this.request("POST", "/api/config/backups"),
    /** @type {(name: string) => Promise<Blob>} The zip. */
    downloadBackup: (name) => this.request("GET", `/api/config/backups/${part(name)}`, { as: "blob" }),
    /** @type {(zip: Blob | ArrayBuffer | ReadableStream) => Promise<Backup>} */
    uploadBackup: (zip) => this.request("POST", "/api/config/backups/upload", { body: zip }),
    /** @type {(name: string, parts?: BackupPart[]) => Promise<any>} Without parts: the configuration. */
    restoreBackup: (name, parts) => this.request("POST", `/api/config/backups/${part(name)}/restore`, { body: { parts } }),
    /** @type {(name: string) => Promise<void>} */
    deleteBackup: (name) => this.request("DELETE", `/api/config/backups/${part(name)}`),
  };

  anime = {
    /**
     * Series with missing episodes, or all.
     * @param {Paging & { all?: boolean, sort?: string }} [query] `sort` is name, missing, added or updated, with - for descending.
     * @returns {Promise<List<AnimeSummary>>}
     */
    list: (query) => this.request("GET", "/api/anime", { query, as: "list" }),
    /** @type {(key: string) => Promise<AnimeDetail>} */
    get: (key) => this.request("GET", `/api/anime/${part(key)}`),
    /** @type {(query: string, provider?: string) => Promise<SearchHit[]>} */
    search: (query, provider) => this.request("POST", "/api/anime/search", { body: { query, provider } }),
    /** @type {(link: string, more?: { name?: string, folder?: string }) => Promise<AnimeSummary>} */
    add: (link, more) => this.request("POST", "/api/anime/add", { body: { link, ...more } }),
    /** @type {(key?: string) => Promise<{ status: "started", scan_id: string }>} Scans the library, or one series. */
    rescan: (key) => this.request("POST", "/api/anime/rescan", { query: { key } }),
    /** @returns {Promise<Scan>} The running or last scan. */
    scan: () => this.request("GET", "/api/anime/rescan"),
    /** @returns {Promise<void>} */
    cancelScan: () => this.request("DELETE", "/api/anime/rescan"),
    /**
     * @param {string} key
     * @param {{ monitored?: boolean, language_profile?: string | null, folder?: string, auto_download?: boolean | null }} change
     * @returns {Promise<AnimeSummary>}
     */
    change: (key, change) => this.request("PATCH", `/api/anime/${part(key)}`, { body: change }),
    /**
     * @param {string} key
     * @param {{ episodes: EpisodeNumber[], ignored?: boolean, wanted?: boolean }} change
     * @returns {Promise<void>}
     */
    changeEpisodes: (key, change) => this.request("PATCH", `/api/anime/${part(key)}/episodes`, { body: change }),
    /**
     * Says what files are in whose names do not say: of those that are held to be `from`, which is `unknown` when absent.
     * @param {string} key
     * @param {{ episodes: EpisodeNumber[], language: Language, from?: Language }} assignment
     * @returns {Promise<{ files: number }>}
     */
    assignLanguage: (key, assignment) => this.request("POST", `/api/anime/${part(key)}/files/language`, { body: assignment }),
    /** @type {(key: string, season: number, episode: number, language: Language) => Promise<void>} To the trash. */
    deleteFiles: (key, season, episode, language) =>
      this.request("DELETE", `/api/anime/${part(key)}/episodes/${season}/${episode}/files/${part(language)}`),
    /** @type {(key: string, options?: { files?: boolean }) => Promise<void>} With `files` its folder goes to the trash, too. */
    delete: (key, { files } = {}) => this.request("DELETE", `/api/anime/${part(key)}`, { query: { files: files || undefined } }),
    /** @type {(key: string) => Promise<void>} Undoes `delete`. */
    restore: (key) => this.request("POST", `/api/anime/${part(key)}/restore`),
  };

  missing = {
    /** @type {(query?: Paging & { sort?: string, kind?: "missing" | "upgradable" }) => Promise<List<MissingEpisode>>} */
    list: (query) => this.request("GET", "/api/missing", { query, as: "list" }),
  };

  covers = {
    /** @type {(id: string) => Promise<Blob>} */
    get: (id) => this.request("GET", `/api/covers/${part(id)}`, { as: "blob" }),
  };

  calendar = {
    /** @type {(key?: string) => Promise<string>} Expected episodes as iCalendar; `key` is a read-only API key in place of the login. */
    get: (key) => this.request("GET", "/api/calendar.ics", { query: { key }, as: "text" }),
  };

  queue = {
    /** @returns {Promise<QueueStatus>} */
    status: () => this.request("GET", "/api/queue/status"),
    /** @type {(query?: { status?: DownloadStatus, page?: number, per_page?: number }) => Promise<List<DownloadItem>>} */
    items: (query) => this.request("GET", "/api/queue/items", { query, as: "list" }),
    /**
     * @param {DownloadRequest} request
     * @returns {Promise<{ added: string[], skipped: (EpisodeNumber & { reason: string })[] }>}
     */
    add: (request) => this.request("POST", "/api/queue/add", { body: request }),
    /** @type {(id: string) => Promise<void>} */
    remove: (id) => this.request("DELETE", `/api/queue/${part(id)}`),
    /** @returns {Promise<QueueStatus>} */
    start: () => this.request("POST", "/api/queue/start"),
    /** @returns {Promise<QueueStatus>} Active downloads return to pending at a point where they go on later. */
    stop: () => this.request("POST", "/api/queue/stop"),
    /** @returns {Promise<QueueStatus>} Active downloads hold. */
    pause: () => this.request("POST", "/api/queue/pause"),
    /** @returns {Promise<QueueStatus>} */
    resume: () => this.request("POST", "/api/queue/resume"),
    /** @type {(ids?: string[]) => Promise<{ retried: number }>} Without ids: all that failed. */
    retry: (ids) => this.request("POST", "/api/queue/retry", { body: { item_ids: ids } }),
    /** @type {(ids: string[]) => Promise<QueueStatus>} Puts these in this order, within their priority. */
    reorder: (ids) => this.request("POST", "/api/queue/reorder", { body: { item_ids: ids } }),
    /** @type {(id: string, change: { priority?: Priority, paused?: boolean }) => Promise<DownloadItem>} */
    change: (id, change) => this.request("PATCH", `/api/queue/${part(id)}`, { body: change }),
    /** @returns {Promise<{ removed: number }>} */
    clearCompleted: () => this.request("DELETE", "/api/queue/completed"),
    /** @returns {Promise<{ removed: number }>} */
    clearFailed: () => this.request("DELETE", "/api/queue/failed"),
  };

  health = {
    /** @returns {Promise<{ status: string }>} */
    live: () => this.request("GET", "/health"),
    /** @returns {Promise<{ status: string, checks: Record<string, { state: "ok" | "warning" | "failed", message: string }> }>} Throws with status 503 when something is missing. */
    ready: () => this.request("GET", "/health/ready"),
    /** @returns {Promise<string>} In Prometheus' text format. */
    metrics: () => this.request("GET", "/metrics", { as: "text" }),
    /** @returns {Promise<any>} The OpenAPI document. */
    openApi: () => this.request("GET", "/openapi/v1.json"),
  };

  /**
   * Any call, for what has no method here.
   * @param {string} method
   * @param {string} path From the server's root, as /api/queue/status.
   * @param {RequestOptions} [options]
   * @returns {Promise<any>} undefined for an answer without a body.
   * @throws {ApiError} The server refused.
   */
  async request(method, path, { query = {}, body, as = "json", anonymous = false, signal } = {}) {
    const url = new URL(path.replace(/^\//, ""), this.#base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null) {
        url.searchParams.set(name, String(value));
      }
    }

    const token = anonymous || this.#apiKey ? null : this.token;
    const content = contentOf(body);
    const headers = { ...content.headers, ...this.#credentials(token, anonymous) };
    const send = this.#fetch ?? globalThis.fetch;
    const answer = await send(url, { method, signal, ...content, headers });
    if (answer.ok) {
      return await read(answer, as);
    }

    const error = await ApiError.of(answer);
    if (answer.status === 401 && !anonymous) {
      this.#forget(token);
      this.#tell(error);
    }

    throw error;
  }

  /**
   * @param {string | null} token
   * @param {boolean} anonymous
   * @returns {Record<string, string>}
   */
  #credentials(token, anonymous) {
    if (token) {
      return { Authorization: `Bearer ${token}` };
    }

    return this.#apiKey && !anonymous ? { "X-Api-Key": this.#apiKey } : {};
  }

  /** @param {string | null} token Not the one of a log-in since. */
  #forget(token) {
    if (token && this.token === token) {
      this.#storage.removeItem(tokenName);
    }
  }

  /** @param {ApiError} error */
  #tell(error) {
    for (const listener of [...this.#unauthorized]) {
      try {
        listener(error);
      } catch (thrown) {
        // Reported like that of any event's listener; the caller still gets the refusal.
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }
}

/** @param {string} text One part of a path. */
function part(text) {
  return encodeURIComponent(text);
}

/**
 * @param {any} body
 * @returns {{ body?: any, headers?: Record<string, string>, duplex?: "half" }}
 */
function contentOf(body) {
  if (body === undefined) {
    return {};
  }

  const isStream = body instanceof ReadableStream;
  if (isStream || body instanceof Blob || body instanceof ArrayBuffer) {
    return { body, headers: { "Content-Type": "application/zip" }, ...(isStream ? { duplex: "half" } : {}) };
  }

  return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

/**
 * @param {Response} answer
 * @param {NonNullable<RequestOptions["as"]>} as
 */
async function read(answer, as) {
  if (as === "blob") {
    return await answer.blob();
  }

  const text = await answer.text();
  if (as === "text" || text === "") {
    return as === "text" ? text : undefined;
  }

  const value = JSON.parse(text);
  return as === "list" ? Object.assign(value, { total: Number(answer.headers.get("X-Total-Count") ?? value.length) }) : value;
}

/** @returns {Storage | undefined} */
function localStorageIfAny() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined; // switched off in this browser
  }
}

/** @returns {Pick<Storage, "getItem" | "setItem" | "removeItem">} */
function inMemory() {
  const values = new Map();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
    removeItem: (name) => values.delete(name),
  };
}

/** The server that the page came from. */
export const api = new ApiClient();

Object.assign(globalThis, { api, ApiClient, ApiError });
