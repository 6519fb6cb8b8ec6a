// The executable as a user starts it, and the sample catalogue beside it; both as processes of their own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { ApiClient } from "../../AniWorld.Blazor/wwwroot/js/api_client.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const server = join(root, "AniWorld.Blazor/bin/Release/net10.0/aniworld.dll");
const site = join(root, "samples/SampleSite/bin/Release/net10.0/SampleSite.dll");

export const password = "eine lange Losung";

/** One process that says on its output where it listens. */
class Listener {
  #process;

  static async start(assembly, args, cwd) {
    const listener = new Listener();
    listener.#process = spawn("dotnet", [assembly, ...args], { cwd, stdio: ["ignore", "pipe", "inherit"] });
    listener.url = await listener.#address();
    return listener;
  }

  async #address() {
    const written = [];
    for await (const line of createInterface({ input: this.#process.stdout })) {
      written.push(line);
      const [, url] = /(?:Now listening on|Sample catalogue): (http:\S+)/.exec(line) ?? [];
      if (url) {
        this.#process.stdout.resume(); // nobody reads on, and a full pipe would hold it up
        return url;
      }
    }

    throw new Error(`It ended before it listened:\n${written.join("\n")}`);
  }

  async stop(signal = "SIGTERM") {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, "exit");
      this.#process.kill(signal);
      await ended;
    }
  }
}

/** A server that is set up and may use the sample catalogue. */
export class AniWorld {
  #folder;
  #site;
  #server;
  #args;

  /** @param {{ site?: string[], server?: string[] }} [args] Further arguments. */
  static async start(args = {}) {
    const world = new AniWorld();
    world.#folder = await mkdtemp(join(tmpdir(), "aniworld-js-"));
    try {
      world.#site = await Listener.start(site, ["--urls", "http://127.0.0.1:0", ...(args.site ?? [])], world.#folder);
      world.#args = [
        "--data", "data", "--logs", "logs", "--providers.aniworld.base_url", world.#site.url,
        "--providers.aniworld.requests_per_minute", "6000", "--network.allow_private_hosts.0", new URL(world.#site.url).host,
        "--hosters.order.0", "Rangeo", "--limits.bcrypt_cost", "4", "--downloads.min_free_mb", "0",
        "--tools.ffmpeg", "/nonexistent", "--tools.ffprobe", "/nonexistent", ...(args.server ?? []),
      ];
      world.#server = await Listener.start(server, [...world.#args, "--urls", "http://127.0.0.1:0"], world.#folder);
      world.url = world.#server.url;
      world.api = await world.#setUp();
      return world;
    } catch (error) {
      await world.end();
      throw error;
    }
  }

  async #setUp() {
    const api = new ApiClient(this.url);
    await api.auth.setup({ master_password: password, anime_directory: join(this.#folder, "library") });
    await api.login(password);
    await api.config.change({ providers: { aniworld: { enabled: true } } });
    return api;
  }

  /** A client with a session and a storage of its own. */
  async logIn() {
    const storage = memory();
    const api = new ApiClient(this.url, { storage });
    await api.login(password);
    return { api, storage };
  }

  add(key) {
    return this.api.anime.add(`${this.#site.url}/anime/stream/${key}`);
  }

  /** @returns {Promise<string[]>} The downloads' ids. */
  async enqueue(key, season, ...episodes) {
    const { added } = await this.api.queue.add({ serie_id: key, episodes: episodes.map((episode) => ({ season, episode })) });
    return added;
  }

  stop(signal) {
    return this.#server.stop(signal);
  }

  /** Starts it again on the same port and folder. */
  async startAgain() {
    this.#server = await Listener.start(server, [...this.#args, "--urls", this.url], this.#folder);
  }

  async end() {
    await this.#server?.stop();
    await this.#site?.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** As much of a localStorage as the clients use. */
export function memory(token) {
  const values = new Map(token ? [["access_token", token]] : []);
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
    removeItem: (name) => values.delete(name),
  };
}
