import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { io } from "../../AniWorld.Blazor/wwwroot/js/websocket_client.js";
import { ManualClock } from "./clock.mjs";
import { Line } from "./line.mjs";
import { next, Notes } from "./listening.mjs";
import { AniWorld, memory, password } from "./server.mjs";

const series = "papierdrachen-ag";
const options = { timeout: 120_000 };

/** @type {AniWorld} */ let world;
/** @type {Line} */ let line;
let sockets;

before(async () => {
  world = await AniWorld.start({ site: ["--pad", "2M", "--throttle", "2M"], server: ["--downloads.parallel", "1", "--downloads.connections", "1"] });
  await world.add(series);
});
after(() => world?.end());
beforeEach(async () => {
  sockets = [];
  line = await Line.to(world.url);
});
afterEach(() => {
  sockets.forEach((socket) => socket.disconnect());
  line.close();
});

function open(url, more) {
  const socket = io(url, { token: world.api.token, storage: memory(), random: () => 0, ...more });
  sockets.push(socket);
  return socket;
}

async function listen(url, room, more) {
  const socket = open(url, more).join(room);
  await next(socket, "joined");
  return socket;
}

test("It connects with a ticket and sends the token in no address", options, async () => {
  const socket = open(line.url);

  const greeting = await next(socket, "connect");

  assert.ok(socket.connected);
  assert.equal(socket.id, greeting.connection_id);
  assert.deepEqual(line.requests.map((request) => request.replace(/=.*/, "=…")), ["POST /api/auth/ws-ticket", "GET /ws/connect?ticket=…"]);
  assert.ok(!line.requests.join().includes(world.api.token));
});

test("Where no ticket can be had the token goes as a sub-protocol", options, async () => {
  for (const fetch of [async () => { throw new TypeError("Failed to fetch"); }, async () => new Response(null, { status: 404 })]) {
    const socket = open(line.url, { fetch });
    await next(socket, "connect");
    socket.disconnect();
  }

  assert.deepEqual(line.requests, ["GET /ws/connect", "GET /ws/connect"]);
});

test("An address may be written as that of the WebSocket", options, async () => {
  await next(open(`${world.url.replace("http", "ws")}/ws/connect`), "connect");
});

test("Joining brings the snapshot, leaving ends the events, and both can be emitted", options, async () => {
  const witness = await listen(world.url, "downloads");
  const socket = open(world.url);
  socket.emit("join", { room: "downloads" });
  const { room, snapshot } = await next(socket, "joined");
  const notes = new Notes(socket);
  socket.emit("leave", "downloads");
  await next(socket, "left");

  const seen = next(witness, "queue_status");
  await world.api.queue.pause();
  await seen;
  await world.api.queue.resume();
  socket.emit("ping");
  await next(socket, "pong");

  assert.equal(room, "downloads");
  assert.equal(typeof snapshot.is_running, "boolean");
  assert.deepEqual(notes.seqs, []);
});

test("A listener is called every time, once, or no more", options, async () => {
  const socket = open(world.url);
  await next(socket, "connect");
  const calls = [];
  const every = () => calls.push("every");
  socket.on("pong", every).once("pong", () => calls.push("once"));
  for (let i = 0; i < 3; i++) {
    if (i === 2) {
      socket.off("pong", every);
    }

    const answered = next(socket, "pong");
    assert.equal(socket.emit("ping"), true);
    await answered;
  }

  assert.deepEqual(calls, ["every", "once", "every"]);
});

test("What the server cannot do is answered with error, and the connection lives", options, async () => {
  const socket = open(world.url);
  await next(socket, "connect");

  const refused = next(socket, "error");
  socket.join("kitchen");

  assert.equal((await refused).code, "unknown_room");
  assert.ok(socket.connected);
});

test("A line that is cut again and again loses no event and doubles none", options, async () => {
  const witness = new Notes(await listen(world.url, "downloads"));

  // For whom a hundredth of the time is enough to call a connection a good one, so that it is soon back.
  const clock = { now: () => Date.now() * 100, setTimeout, clearTimeout };
  const socket = await listen(line.url, "downloads", { clock });
  const notes = new Notes(socket);
  let ended = 0;
  socket.on("disconnect", () => ended++);
  const episodes = [1, 2, 3, 4];

  await world.enqueue(series, 1, ...episodes);
  await notes.until(() => notes.of("download_complete").length >= 1);
  while (witness.of("download_complete").length < episodes.length) {
    // Away while at least one download completes.
    const completed = witness.of("download_complete").length;
    line.cut();
    await witness.until(() => witness.of("download_complete").length > completed);
    line.mend();
    await notes.until(() => notes.of("download_complete").length > completed);
  }

  await world.api.queue.pause();
  await world.api.queue.resume();
  await notes.until(() => notes.seqs.length === witness.seqs.length && notes.of("queue_status").at(-1)?.is_paused === false);

  assert.ok(ended > 0);
  assert.equal(notes.of("download_complete").length, episodes.length);
  assert.deepEqual(notes.seqs, witness.seqs);
});

test("Cut off in the middle of what it missed, it asks for the rest", options, async () => {
  const witness = new Notes(await listen(world.url, "downloads"));
  const socket = await listen(line.url, "downloads");
  const notes = new Notes(socket);
  line.cut();
  for (let i = 0; i < 5; i++) {
    await world.api.queue.pause();
    await world.api.queue.resume();
  }

  await witness.until(() => witness.seqs.length >= 10);
  socket.once("queue_status", () => line.cut());
  line.mend();
  await next(socket, "disconnect");
  line.mend();
  await notes.until(() => notes.seqs.at(-1) >= witness.seqs.at(-1));

  assert.deepEqual(notes.seqs, witness.seqs);
});

test("A server that restarts in the middle is found again, and each download completes once", options, async () => {
  const socket = await listen(world.url, "downloads");
  const notes = new Notes(socket);
  const ids = await world.enqueue(series, 2, 1, 2, 3);
  await notes.until(() => notes.of("download_complete").length === 1);

  const left = next(socket, "disconnect");
  await world.stop();
  assert.equal((await left).code, 1001);
  assert.equal(socket.connected, false);
  const back = next(socket, "joined");
  await world.startAgain();
  await back;
  await notes.until(() => notes.of("download_complete").length === 3);

  assert.deepEqual(notes.of("download_complete").map(({ download_id }) => download_id).sort(), ids.sort());
  assert.deepEqual(notes.seqs, [...notes.seqs].sort((a, b) => a - b));
});

test("After disconnect it stays away, and connect brings what was missed", options, async () => {
  const socket = await listen(world.url, "scan_progress");
  const witness = new Notes(await listen(world.url, "scan_progress"));
  const notes = new Notes(socket);
  socket.disconnect();
  await world.api.anime.rescan();
  await witness.until(() => witness.seqs.length === 1);
  assert.equal(socket.emit("ping"), false);
  assert.deepEqual(notes.seqs, []);

  socket.connect();
  await notes.until(() => notes.seqs.length > 0);
  socket.emit("ping");
  await next(socket, "pong");

  assert.deepEqual(notes.seqs, witness.seqs);
});

test("A listener may say what comes after a lost connection", options, async () => {
  const clock = new ManualClock();
  const socket = await listen(line.url, "system", { clock });
  socket.once("disconnect", () => {
    line.mend();
    socket.connect();
  });
  const back = next(socket, "joined");
  line.cut();
  await back;

  const left = next(socket, "disconnect");
  socket.once("disconnect", () => socket.disconnect());
  line.cut();
  await left;

  assert.equal(clock.wait, Infinity);
});

test("A number from a server that counted higher brings all that is kept", options, async () => {
  const before = await listen(world.url, "downloads");
  const happened = next(before, "queue_status");
  await world.api.queue.pause();
  await happened;
  await world.api.queue.resume();
  const kept = new Notes(open(world.url).join("downloads", 0));
  await kept.until(() => kept.seqs.length >= 2);

  const notes = new Notes(open(world.url).join("downloads", Number.MAX_SAFE_INTEGER));
  await notes.until(() => notes.seqs.at(-1) >= kept.seqs.at(-1));

  assert.deepEqual(notes.seqs.slice(0, kept.seqs.length), kept.seqs);
});

test("A revoked session waits for a new token, asks nobody meanwhile, and misses nothing", options, async () => {
  const { api, storage } = await world.logIn();
  const clock = new ManualClock();
  const witness = new Notes(await listen(world.url, "scan_progress"));
  const socket = await listen(line.url, "scan_progress", { token: undefined, storage, clock });
  const notes = new Notes(socket);
  const [{ id }] = (await api.auth.sessions()).filter((session) => session.current);

  const left = next(socket, "disconnect");
  const refused = next(socket, "connect_error");
  await world.api.auth.revokeSession(id);
  assert.equal((await left).code, 4401);
  assert.equal((await refused).status, 401);

  const connections = line.connections;
  for (let second = 0; second < 60; second++) {
    await new Promise(setImmediate);
    assert.equal(clock.wait, 1000);
    clock.advance(1000);
  }

  assert.equal(line.connections, connections);
  await world.api.anime.rescan();
  await witness.until(() => witness.seqs.length === 1);
  await api.login(password);
  await new Promise(setImmediate);
  const back = next(socket, "joined");
  clock.advance(1000);
  await back;
  await notes.until(() => notes.seqs.length > 0);

  assert.deepEqual(notes.seqs, witness.seqs);
});

test("A bad token is refused before any WebSocket is tried", options, async () => {
  const socket = open(line.url, { token: "no.such.token" });

  const error = await next(socket, "connect_error");

  assert.equal(error.status, 401);
  assert.deepEqual(line.requests, ["POST /api/auth/ws-ticket"]);
});

test("The given token goes first, and the stored one takes over when it is refused", options, async () => {
  const socket = open(world.url, { token: async () => "no.such.token", storage: memory(world.api.token) });

  assert.equal((await next(socket, "connect_error")).status, 401);

  await next(socket, "connect");
});

test("A server that is away is asked less and less often, up to every half minute", options, async () => {
  line.cut();
  for (const [random, factor] of [[1, 1], [0, 0.5]]) {
    const clock = new ManualClock();
    const socket = open(line.url, { clock, random: () => random });
    const waits = [];
    for (let i = 0; i < 8; i++) {
      const error = await next(socket, "connect_error");
      assert.equal(error.status, undefined);
      waits.push(clock.wait);
      clock.advance(clock.wait);
    }

    assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000].map((wait) => wait * factor));
    socket.disconnect();
    assert.equal(clock.wait, Infinity);
  }
});

test("A server that asks to wait is left alone for as long", options, async () => {
  const clock = new ManualClock();
  const socket = open(world.url, { clock, fetch: async () => new Response(null, { status: 503, headers: { "Retry-After": "30" } }) });

  assert.equal((await next(socket, "connect_error")).status, 503);

  assert.equal(clock.wait, 30_000);
});

test("A server that does not answer is given up after a while", options, async () => {
  line.silence();
  const clock = new ManualClock();
  const socket = open(line.url, { clock });
  const failed = next(socket, "connect_error");
  clock.advance(20_000);
  await failed;
  line.mend();

  const connected = next(socket, "connect");
  clock.advance(clock.wait);
  await connected;
});

test("A connection that has died without a word is noticed by ping and made anew", options, async () => {
  const clock = new ManualClock();
  const socket = await listen(line.url, "downloads", { clock });
  const answered = next(socket, "pong");
  clock.advance(25_000);
  await answered;
  assert.equal(clock.wait, 25_000);

  line.silence();
  const left = next(socket, "disconnect");
  clock.advance(25_000);
  assert.equal(clock.wait, 10_000);
  clock.advance(10_000);
  await left;
  line.mend();
  const back = next(socket, "joined");
  assert.equal(clock.wait, 250);
  clock.advance(250);
  await back;
});

test("Without any WebSocket it says what to do", options, () => {
  const { WebSocket } = globalThis;
  try {
    delete globalThis.WebSocket;
    assert.throws(() => io(world.url), /--experimental-websocket/);
  } finally {
    globalThis.WebSocket = WebSocket;
  }
});
