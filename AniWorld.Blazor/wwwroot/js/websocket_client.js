/**
 * AniWorld's live events: a native WebSocket with the habits of Socket.IO. An ES module without packages or build step.
 *
 *   import { io } from "/js/websocket_client.js";                       a module, in a page or in Node
 *   const { io } = await import("/js/websocket_client.js");             a classic script
 *   <script type="module" src="/js/websocket_client.js"></script>       sets the global io for the scripts that run later
 *
 *   const socket = io();
 *   socket.join("downloads");
 *   socket.on("download_complete", (data) => console.log(data.file_path));
 *
 * After a lost connection it comes back by itself and asks each room for what happened since the last event it knows. So an event
 * that ends something (download_complete, download_failed, scan_complete, …) comes once: not lost, not twice.
 */

/** Milliseconds. */
const limits = {
  /** The first wait before trying again; each further one is twice as long. */
  firstRetry: 500,
  longestRetry: 30_000,
  /** From the first request to the server's greeting. */
  connect: 20_000,
  /** Silence after which the server is asked whether it is still there, and how long it may take to answer. */
  ping: 25_000,
  pong: 10_000,
  /** A connection that lasted this long was a good one: the next retry is a first one again. */
  stable: 10_000,
  /** How often to look for a new token after the last one was refused. */
  token: 1_000,
};

const tokenName = "access_token";
const sessionEnded = 4401;

/** @type {Record<string, string>} Which room a message is of; the server's answers are of none. */
const roomOf = {
  queue_status: "downloads",
  download_complete: "downloads",
  download_failed: "downloads",
  download_progress: "download_progress",
  scan_progress: "scan_progress",
  scan_complete: "scan_progress",
  scan_failed: "scan_progress",
  system_notice: "system",
};

/**
 * @typedef {"downloads" | "download_progress" | "scan_progress" | "system"} Room
 * @typedef {{ download_id: string, key: string, folder: string, season: number, episode: number, percent: number, speed_mbps: number,
 *   eta_seconds: number | null }} DownloadProgress
 * @typedef {DownloadProgress & { file_path: string, size_mb: number, language: string }} DownloadComplete
 * @typedef {DownloadProgress & { error: string, will_retry: boolean, next_retry_at: string | null }} DownloadFailed
 * @typedef {{ is_running: boolean, is_paused: boolean, statistics: Record<string, number | null> }} QueueState
 * @typedef {{ scan_id: string, current: number, total: number, percent: number, key: string | null, folder: string | null,
 *   message: string | null }} ScanProgress
 * @typedef {ScanProgress & { series: number, files: number, missing: number, duration_seconds: number }} ScanComplete
 * @typedef {ScanProgress & { error: string, cancelled: boolean }} ScanFailed
 *
 * @typedef {object} Events What listeners get, by event.
 * @property {{ connection_id: string, rooms: Room[] }} connect
 * @property {{ code: number, reason: string }} disconnect
 * @property {ConnectError} connect_error
 * @property {{ room: Room, snapshot: any, seq: number }} joined How things stand: the data of the room's own message, for
 *   download_progress a list of them, or null.
 * @property {{ room: Room }} left
 * @property {{}} pong
 * @property {{ code: string, message: string }} error
 * @property {DownloadProgress} download_progress
 * @property {DownloadComplete} download_complete
 * @property {DownloadFailed} download_failed
 * @property {QueueState} queue_status
 * @property {ScanProgress} scan_progress
 * @property {ScanComplete} scan_complete
 * @property {ScanFailed} scan_failed
 * @property {{ level: "info" | "warning" | "error", code: string, message: string }} system_notice
 *
 * @typedef {{ type: string, timestamp: string, seq: number, data: any }} Message
 *
 * @typedef {object} SocketOptions
 * @property {string | (() => string | null | undefined | Promise<string | null | undefined>)} [token] Goes before the stored one.
 * @property {typeof globalThis.WebSocket} [WebSocket] For where there is none, as in Node 20 without --experimental-websocket.
 * @property {Pick<Storage, "getItem">} [storage] Where api_client.js keeps the token under access_token; the page's localStorage.
 * @property {typeof globalThis.fetch} [fetch]
 * @property {Clock} [clock] For tests.
 * @property {() => number} [random] For tests: 0 to 1.
 *
 * @typedef {object} Clock
 * @property {() => number} now Milliseconds.
 * @property {(run: () => void, milliseconds: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 */

/** Why a connection could not be made. `status` is the server's answer where there was one: 401 waits for another token. */
export class ConnectError extends Error {
  /**
   * @param {string} message
   * @param {{ status?: number, retryAfter?: number, cause?: unknown }} [more]
   */
  constructor(message, { status, retryAfter = 0, cause } = {}) {
    super(message, { cause });
    this.name = "ConnectError";
    this.status = status;
    /** Seconds that the server asks to wait. */
    this.retryAfter = retryAfter;
  }
}

/** One connection to the server, again and again until `disconnect()`. Made by `io()`. */
export class ProgressSocket {
  /** Whether the server has greeted and can be talked to. */
  connected = false;

  /** @type {string | null} The server's name for this connection. */
  id = null;

  #base;
  #options;
  #clock;
  #storage;
  /** @type {Map<string, Map<Function, boolean>>} Event → listener → whether it is for one time only. */
  #listeners = new Map();
  /** @type {Map<string, number | null>} Room → seq of the last event known of it; null until the server has let in. */
  #rooms = new Map();
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Set<string>} Tokens that the server does not take any more; "" is going without one. */
  #refused = new Set();
  /** Counts connections and attempts; whatever belongs to an earlier one is void. */
  #turn = 0;
  #retries = 0;
  #connectedAt = 0;
  /** @type {any} The one thing waited for: an attempt's end, the next attempt, silence, an answer or a token. */
  #timer;
  /** @type {AbortController | undefined} */
  #asking;

  /**
   * @param {string | URL} [url]
   * @param {SocketOptions} [options]
   */
  constructor(url, options = {}) {
    this.#base = baseOf(url);
    this.#options = options;
    this.#clock = options.clock ?? {
      now: () => Date.now(),
      setTimeout: (run, milliseconds) => setTimeout(run, milliseconds),
      clearTimeout: (timer) => clearTimeout(timer),
    };
    this.#storage = options.storage ?? localStorageIfAny();
    if (!this.#Socket) {
      throw new Error("There is no WebSocket here: start Node 20 with --experimental-websocket, or pass { WebSocket }.");
    }

    this.connect();
  }

  /** Connects at once: after `disconnect()`, without waiting for the next attempt, or to try a refused token again. */
  connect() {
    if (!this.connected) {
      this.#refused.clear();
      this.#open();
    }

    return this;
  }

  /** Ends the connection and stays away. Rooms are kept for the next `connect()`, which also brings what was missed. */
  disconnect() {
    this.#drop({ code: 1000, reason: "disconnected by this side" });
    return this;
  }

  /**
   * Listens to a room, now and after every reconnect.
   * @param {Room} room
   * @param {number} [since] Also brings what happened after this `seq`, of the last 1,000 events.
   */
  join(room, since) {
    if (!this.#rooms.has(room)) {
      this.#rooms.set(room, since ?? null);
      this.#sendJoin(room);
    }

    return this;
  }

  /** @param {Room} room */
  leave(room) {
    if (this.#rooms.delete(room)) {
      this.#send({ action: "leave", room });
    }

    return this;
  }

  /**
   * Calls for every such event: a message's type, or connect, disconnect, connect_error.
   * @template {keyof Events} E
   * @param {E} event
   * @param {(data: Events[E], message?: Message) => void} listener
   */
  on(event, listener) {
    return this.#listen(event, listener, false);
  }

  /**
   * Calls for the next such event only.
   * @template {keyof Events} E
   * @param {E} event
   * @param {(data: Events[E], message?: Message) => void} listener
   */
  once(event, listener) {
    return this.#listen(event, listener, true);
  }

  /**
   * @param {keyof Events} event
   * @param {Function} [listener] Without it: all of this event.
   */
  off(event, listener) {
    if (listener) {
      this.#listeners.get(event)?.delete(listener);
    } else {
      this.#listeners.delete(event);
    }

    return this;
  }

  /**
   * Sends an action; the server knows join, leave and ping. Nothing is kept for later: rooms are joined again by themselves.
   * @param {string} action
   * @param {any} [data]
   * @returns {boolean} Whether it went out.
   */
  emit(action, data) {
    if (action === "join" || action === "leave") {
      this[action](data?.room ?? data, data?.since);
      return this.connected;
    }

    return this.#send({ action, data });
  }

  get #Socket() {
    return this.#options.WebSocket ?? globalThis.WebSocket;
  }

  async #open() {
    this.#drop();
    const turn = this.#turn;
    const asking = (this.#asking = new AbortController());
    this.#after(limits.connect, () => this.#fail(new ConnectError("The server did not answer in time.")));
    let token = null;
    try {
      token = await this.#token();
      if (turn === this.#turn && token === null) {
        this.#awaitToken();
        return;
      }

      const door = await this.#door(token ?? "", asking.signal);
      if (turn === this.#turn) {
        this.#listenTo(new this.#Socket(door.url, door.protocols), token ?? "");
      }
    } catch (error) {
      if (turn === this.#turn) {
        this.#fail(error instanceof ConnectError ? error : new ConnectError("No connection could be made.", { cause: error }), token ?? "");
      }
    }
  }

  /** The first token that was not refused: the given one, then the stored one; "" where none was ever known, null when none is left. */
  async #token() {
    const { token } = this.#options;
    const known = [typeof token === "function" ? await token() : token, this.#storage?.getItem(tokenName)].filter(Boolean);
    const usable = known.length === 0 && this.#refused.size === 0 ? [""] : known;
    return usable.find((one) => !this.#refused.has(one ?? "")) ?? null;
  }

  /**
   * Where to connect, and with which sub-protocols. A ticket also tells whether the login still holds, which a refused WebSocket does
   * not, and keeps the token out of the address. Where none can be had, as from another site's page, the token goes as a sub-protocol.
   * @param {string} token
   * @param {AbortSignal} signal
   * @returns {Promise<{ url: URL, protocols: string[] }>}
   */
  async #door(token, signal) {
    const url = new URL("ws/connect", this.#base);
    url.protocol = url.protocol.replace("http", "ws");
    const withToken = { url, protocols: token ? ["aniworld", token] : [] };
    const { fetch = globalThis.fetch } = this.#options;
    const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
    let answer;
    try {
      answer = await fetch(new URL("api/auth/ws-ticket", this.#base), { method: "POST", headers, signal });
    } catch (error) {
      if (!token || signal.aborted) {
        throw error;
      }

      return withToken;
    }

    if (answer.status === 404 || answer.status === 405) {
      return withToken;
    }

    if (!answer.ok) {
      throw new ConnectError(`The server refused a WebSocket ticket with ${answer.status}.`, {
        status: answer.status,
        retryAfter: Number(answer.headers.get("Retry-After")) || 0,
      });
    }

    url.searchParams.set("ticket", (await answer.json()).ticket);
    return { url, protocols: [] };
  }

  /**
   * @param {WebSocket} socket
   * @param {string} token
   */
  #listenTo(socket, token) {
    this.#socket = socket;
    socket.onmessage = (event) => this.#receive(event.data);
    const end = ({ code = 1006, reason = "" }) => {
      const wasConnected = this.connected;
      if (!this.#drop({ code, reason })) {
        return;
      }

      if (code === sessionEnded) {
        this.#fail(new ConnectError("The session has ended; log in again.", { status: 401 }), token);
      } else if (wasConnected) {
        this.#retryLater();
      } else {
        this.#fail(new ConnectError("The WebSocket was refused or broke.", { cause: { code, reason } }));
      }
    };
    socket.onclose = end;
    socket.onerror = () => end({}); // Node 20 says no more than this of a connection that could not be made
  }

  /** @param {string} text */
  #receive(text) {
    /** @type {Message} */
    const message = JSON.parse(text);
    const { type, data } = message;
    if (this.connected) {
      this.#listenForSilence();
    }

    if (type === "connected") {
      this.#greeted(data);
    } else if (type === "joined") {
      this.#joined(data);
    } else if (!this.#isNew(message)) {
      return;
    }

    this.#fire(type, data, message);
  }

  /** @param {Events["connect"]} greeting */
  #greeted(greeting) {
    this.connected = true;
    this.id = greeting.connection_id;
    this.#connectedAt = this.#clock.now();
    this.#listenForSilence();
    for (const room of this.#rooms.keys()) {
      this.#sendJoin(room);
    }

    this.#fire("connect", greeting);
  }

  /** @param {Events["joined"]} answer */
  #joined({ room, seq }) {
    const known = this.#rooms.get(room);
    if (known === null) {
      this.#rooms.set(room, seq);
    } else if (known !== undefined && seq < known) {
      // The server counts anew, from below: nothing that it sends now is known.
      this.#rooms.set(room, 0);
    }

    // Otherwise what was missed comes next; only when an event has come is it known.
  }

  /**
   * Whether an event is of a room that is listened to, and not known yet. What belongs to no room always is.
   * @param {Message} message
   */
  #isNew({ type, seq }) {
    const room = roomOf[type];
    if (!room) {
      return true;
    }

    const known = this.#rooms.get(room) ?? Infinity;
    if (seq <= known) {
      return false;
    }

    this.#rooms.set(room, seq);
    return true;
  }

  /** @param {string} room */
  #sendJoin(room) {
    this.#send({ action: "join", room, since: this.#rooms.get(room) ?? undefined });
  }

  /** @param {object} message */
  #send(message) {
    if (this.connected) {
      this.#socket?.send(JSON.stringify(message));
    }

    return this.connected;
  }

  #listenForSilence() {
    this.#after(limits.ping, () => {
      this.#send({ action: "ping" });
      this.#after(limits.pong, () => {
        if (this.#drop({ code: 1006, reason: "The server fell silent." })) {
          this.#retryLater();
        }
      });
    });
  }

  /**
   * An attempt came to nothing, or the session ended. The next step is settled before listeners hear of it: they may want another.
   * @param {ConnectError} error
   * @param {string} [token] The one that the server did not take, when it said so.
   */
  #fail(error, token = "") {
    if (error.status === 401) {
      this.#drop();
      this.#refused.add(token);
      this.#awaitToken();
    } else {
      this.#retryLater(error.retryAfter * 1000);
    }

    this.#fire("connect_error", error);
  }

  /** @param {number} [atLeast] Milliseconds. */
  #retryLater(atLeast = 0) {
    this.#drop();
    const { random = Math.random } = this.#options;
    const wait = Math.min(limits.longestRetry, limits.firstRetry * 2 ** this.#retries) * (0.5 + random() / 2);
    this.#retries++;
    this.#after(Math.max(wait, atLeast), () => this.#open());
  }

  /** Asks nobody but this side until there is a token that was not refused. */
  async #awaitToken() {
    const turn = this.#turn;
    const token = await this.#token().catch(() => null);
    if (turn !== this.#turn) {
      return;
    }

    if (token === null) {
      this.#after(limits.token, () => this.#awaitToken());
    } else {
      this.#open();
    }
  }

  /**
   * Leaves the present connection or attempt behind, without waiting for the peer: a dead one would never answer.
   * @param {Events["disconnect"]} [why] Told to listeners if there was a connection.
   * @returns {boolean} Whether the next step is still open: no listener connected or disconnected.
   */
  #drop(why) {
    const turn = ++this.#turn;
    this.#asking?.abort();
    this.#clock.clearTimeout(this.#timer);
    const socket = this.#socket;
    const wasConnected = this.connected;
    this.#socket = null;
    this.connected = false;
    this.id = null;
    if (socket) {
      socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
    }

    if (wasConnected) {
      this.#retries = this.#clock.now() - this.#connectedAt >= limits.stable ? 0 : this.#retries;
      this.#fire("disconnect", why);
    }

    return turn === this.#turn;
  }

  /**
   * @param {number} milliseconds
   * @param {() => void} run
   */
  #after(milliseconds, run) {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(run, milliseconds);
  }

  /**
   * @param {string} event
   * @param {Function} listener
   * @param {boolean} once
   */
  #listen(event, listener, once) {
    const listeners = this.#listeners.get(event) ?? new Map();
    this.#listeners.set(event, listeners.set(listener, once));
    return this;
  }

  /**
   * @param {string} event
   * @param {any[]} args
   */
  #fire(event, ...args) {
    const listeners = this.#listeners.get(event) ?? new Map();
    for (const [listener, once] of [...listeners]) {
      if (once) {
        listeners.delete(listener);
      }

      try {
        listener(...args);
      } catch (error) {
        // Reported like that of any event's listener; the others are still called.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

/**
 * Connects to a server's live events, and keeps connecting.
 * @param {string | URL} [url] The server, as http://host:8000; by default the one that the page came from.
 * @param {SocketOptions} [options]
 */
export function io(url, options) {
  return new ProgressSocket(url, options);
}

/** @param {string | URL} [url] */
function baseOf(url) {
  const origin = globalThis.location?.origin ?? "http://127.0.0.1:8000";
  const base = new URL(url ?? origin, origin);
  base.protocol = base.protocol.replace("ws", "http");
  base.pathname = base.pathname.replace(/\/?(ws\/connect)?$/, "/");
  base.search = base.hash = "";
  return base;
}

function localStorageIfAny() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined; // switched off in this browser
  }
}

Object.assign(globalThis, { io });
