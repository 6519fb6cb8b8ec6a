import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ApiClient, ApiError } from "../../AniWorld.Blazor/wwwroot/js/api_client.js";
import { AniWorld, memory, password } from "./server.mjs";

const series = "windspiel";
const options = { timeout: 120_000 };

/** @type {AniWorld} */ let world;

before(async () => {
  world = await AniWorld.start();
  await world.add(series);
  await world.api.queue.stop();
});
after(() => world?.end());

/** The refusal that a call ends with. */
async function refusal(call) {
  const error = await call.then(() => assert.fail("It was not refused."), (thrown) => thrown);
  assert.ok(error instanceof ApiError, error);
  return error;
}

/** Revokes a client's session behind its back. */
async function revoke(api) {
  const own = (await api.auth.sessions()).find((session) => session.current);
  await world.api.auth.revokeSession(own.id);
}

test("Logging in keeps the token, logging out ends the session and forgets it", options, async () => {
  const { api, storage } = await world.logIn();
  const token = storage.getItem("access_token");
  assert.equal(api.token, token);
  assert.deepEqual(await api.auth.status(), { configured: true, authenticated: true });

  await api.logout();

  assert.equal(storage.getItem("access_token"), null);
  assert.deepEqual(await api.auth.status(), { configured: true, authenticated: false });
  storage.setItem("access_token", token);
  assert.equal((await refusal(api.queue.status())).status, 401);
});

test("A 401 clears the token and fires unauthorized, before the call ends", options, async () => {
  const { api, storage } = await world.logIn();
  const heard = [];
  const deaf = () => heard.push("deaf");
  api.on("unauthorized", (error) => heard.push([error.status, api.token])).on("unauthorized", deaf).off("unauthorized", deaf);
  await revoke(api);

  const error = await refusal(api.anime.list());

  assert.equal(error.status, 401);
  assert.equal(storage.getItem("access_token"), null);
  assert.deepEqual(heard, [[401, null]]);
});

test("A late 401 leaves the token of a newer log-in alone", options, async () => {
  const { api, storage } = await world.logIn();
  await revoke(api);

  const late = api.queue.status();
  storage.setItem("access_token", world.api.token);

  assert.equal((await refusal(late)).status, 401);
  assert.equal(api.token, world.api.token);
});

test("A wrong password says so, and costs neither token nor log-in", options, async () => {
  const { api } = await world.logIn();
  const { token } = api;
  api.on("unauthorized", () => assert.fail("The session is fine."));

  const error = await refusal(api.login("falsch"));

  assert.equal(error.status, 401);
  assert.match(error.detail, /password is wrong/);
  assert.equal(api.token, token);
});

test("A refusal has status, sentence, title, members and trace", options, async () => {
  const invalid = await refusal(world.api.config.change({ downloads: { parallel: -1 } }));
  assert.equal(invalid.status, 422);
  assert.equal(invalid.message, invalid.detail);
  assert.deepEqual(Object.keys(invalid.errors), ["downloads.parallel"]);
  assert.match(invalid.traceId, /[0-9a-f]{32}/);

  const unknown = await refusal(world.api.anime.get("gibt-es-nicht"));
  assert.equal(unknown.status, 404);
  assert.equal(unknown.title, "Not found");
  assert.deepEqual(unknown.errors, {});
});

test("A refusal that is no problem+json is an ApiError, too", options, async () => {
  const page = new Response("<html>", { status: 502, statusText: "Bad Gateway", headers: { "Retry-After": "7" } });
  const error = await refusal(new ApiClient(world.url, { fetch: async () => page }).queue.status());

  assert.equal(error.status, 502);
  assert.equal(error.message, "Bad Gateway");
  assert.equal(error.retryAfter, 7);
});

test("A list knows how many there are on all pages", options, async () => {
  const page = await world.api.missing.list({ page: 2, per_page: 2 });
  assert.equal(page.length, 2);
  assert.equal(page.total, 5);

  const all = await world.api.anime.list({ all: true, sort: "-missing", filter: undefined });
  assert.equal(all.total, 1);
  assert.equal(all[0].key, series);
});

test("An API key takes the place of a log-in", options, async () => {
  const { key, id } = await world.api.auth.createApiKey({ name: "test", scopes: ["read"] });
  const reader = new ApiClient(world.url, { apiKey: key });

  assert.equal((await reader.anime.get(series)).episodes.length, 5);
  assert.equal((await refusal(reader.queue.start())).status, 403);

  assert.deepEqual((await world.api.auth.apiKeys()).map((one) => one.id), [id]);
  await world.api.auth.revokeApiKey(id);
  assert.equal((await refusal(reader.anime.list())).status, 401);
});

test("A series is found, added, changed, queued, removed and restored", options, async () => {
  const { api } = world;
  const hit = (await api.anime.search("yuki")).find((one) => !one.in_library);
  const added = await api.anime.add(hit.link);
  assert.equal(added.key, hit.key);
  assert.equal((await refusal(api.anime.add(hit.link))).status, 409);
  assert.equal((await api.anime.change(hit.key, { monitored: false })).monitored, false);
  await api.anime.changeEpisodes(hit.key, { episodes: [{ season: 1, episode: 2 }], ignored: true });
  assert.equal((await api.anime.get(hit.key)).episodes.find((one) => one.episode === 2).ignored, true);
  assert.deepEqual(await api.anime.assignLanguage(hit.key, { episodes: [{ season: 1, episode: 1 }], language: "de-dub" }), { files: 0 });
  if (added.cover) {
    assert.match((await api.covers.get(hit.key)).type, /^image\//);
  }

  await api.anime.delete(hit.key);
  assert.equal((await refusal(api.anime.get(hit.key))).status, 404);
  await api.anime.restore(hit.key);
  assert.equal((await api.anime.get(hit.key)).key, hit.key);
  await api.anime.delete(hit.key, { files: true });
  assert.equal((await refusal(api.anime.deleteFiles(series, 1, 1, "de-dub"))).status, 404);
});

test("Downloads are queued, ordered, changed, listed and removed", options, async () => {
  const { queue } = world.api;
  const { added, skipped } = await queue.add({ serie_id: series, episodes: [1, 2, 3].map((episode) => ({ season: 1, episode })) });
  assert.equal(added.length, 3);
  assert.deepEqual(skipped, []);
  const reordered = await queue.reorder([...added].reverse());
  assert.deepEqual(reordered.pending_queue.map(({ id }) => id), [...added].reverse());
  assert.equal((await queue.change(added[0], { priority: "high" })).priority, "high");
  const page = await queue.items({ status: "pending", per_page: 1 });
  assert.equal(page.total, 3);
  assert.equal(page[0].id, added[0]);

  await queue.remove(added[1]);
  assert.equal((await queue.status()).statistics.pending_count, 2);
  assert.equal((await queue.pause()).is_paused, true);
  assert.equal((await queue.resume()).is_paused, false);
  assert.equal((await queue.start()).is_running, true);
  assert.equal((await queue.stop()).is_running, false);
  assert.deepEqual(await queue.retry(), { retried: 0 });
  assert.deepEqual(await queue.retry([added[0]]), { retried: 0 });
  assert.deepEqual(await queue.clearFailed(), { removed: 0 });
  assert.equal(typeof (await queue.clearCompleted()).removed, "number");
});

test("A scan is started, seen, and cancelled only while it runs", options, async () => {
  const { scan_id } = await world.api.anime.rescan(series);
  assert.equal((await world.api.anime.scan()).scan_id, scan_id);
  await world.api.anime.cancelScan().catch((error) => assert.equal(error.status, 409));
  assert.equal((await refusal(world.api.anime.rescan("gibt-es-nicht"))).status >= 404, true);
});

test("The configuration is read, checked, changed and put back", options, async () => {
  const { config } = world.api;
  assert.equal((await config.validate({ downloads: { connections: 0 } })).valid, false);
  assert.equal((await config.change({ downloads: { connections: 3 } })).downloads.connections, 3);
  const [{ name }] = await config.backups();
  await config.restoreBackup(name, ["config"]);
  assert.notEqual((await config.get()).downloads.connections, 3);
  await config.deleteBackup(name);
  assert.ok(!(await config.backups()).some((backup) => backup.name === name));
  assert.equal((await refusal(config.restoreBackup(name))).status, 404);
});

test("Password, sessions, tickets and health", options, async () => {
  const { api } = await world.logIn();
  assert.equal((await refusal(api.auth.changePassword("falsch", "eine neue Losung"))).status, 422);
  assert.equal((await refusal(api.auth.setup({ master_password: password }))).status, 409);
  assert.match((await api.auth.wsTicket()).ticket, /^[0-9a-f]{64}$/);
  assert.equal((await api.health.live()).status, "healthy");
  assert.equal((await api.health.ready()).checks.database.state, "ok");
  await api.auth.changePassword(password, password + "!");
  assert.equal((await refusal(world.api.queue.status())).status, 401);
  await api.auth.changePassword(password + "!", password);
  await world.api.login(password, { remember: true });
});

test("Every call goes where the contract says", options, async () => {
  const zip = new Blob(["PK"]);
  const calls = [
    ["POST /api/config/backups", (api) => api.config.backup()],
    ["GET /api/config/backups/a%2Fb.zip", (api) => api.config.downloadBackup("a/b.zip"), "blob"],
    ["POST /api/config/backups/upload", (api) => api.config.uploadBackup(zip)],
    ["DELETE /api/anime/x/episodes/0/1/files/de-dub", (api) => api.anime.deleteFiles("x", 0, 1, "de-dub")],
    ["DELETE /api/anime/x?files=true", (api) => api.anime.delete("x", { files: true })],
    ["DELETE /api/anime/x", (api) => api.anime.delete("x", { files: false })],
    ["GET /api/anime/Attack%20on%20Titan%20(2013)", (api) => api.anime.get("Attack on Titan (2013)")],
    ["POST /api/anime/rescan?key=x", (api) => api.anime.rescan("x")],
    ["GET /api/missing?kind=upgradable", (api) => api.missing.list({ kind: "upgradable", filter: null })],
    ["GET /api/calendar.ics?key=k", (api) => api.calendar.get("k")],
    ["GET /metrics", (api) => api.health.metrics()],
    ["GET /openapi/v1.json", (api) => api.health.openApi()],
  ];
  for (const [wanted, call] of calls) {
    const asked = [];
    const fetch = async (url, { method, headers, body }) => {
      asked.push([`${method} ${url.pathname}${url.search}`, headers, body]);
      return new Response("[]");
    };
    await call(new ApiClient("http://host:8000/aniworld", { storage: memory("t"), fetch }));

    const [[request, headers, body]] = asked;
    assert.equal(request, wanted.replace(" /", " /aniworld/"));
    assert.equal(headers.Authorization, "Bearer t");
    assert.equal(headers["Content-Type"], body ? "application/zip" : undefined);
  }
});

test("Without a storage the token is kept in memory", options, async () => {
  const first = new ApiClient(world.url);
  await first.login(password);

  assert.equal((await first.auth.status()).authenticated, true);
  assert.equal(new ApiClient(world.url).token, null);
});
