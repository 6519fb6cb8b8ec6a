// A TCP line to a server that can be cut and that can fall silent, as a network does.
import { once } from "node:events";
import { connect, createServer } from "node:net";

export class Line {
  #target;
  #listener;
  #pairs = new Set();
  #isUp = true;
  #isSilent = false;

  /** Connections asked for so far. */
  connections = 0;

  /** First lines of the requests that went over it. */
  requests = [];

  static async to(url) {
    const line = new Line();
    line.#target = new URL(url);
    line.#listener = createServer((near) => line.#join(near)).listen(0, "127.0.0.1");
    await once(line.#listener, "listening");
    line.url = `http://127.0.0.1:${line.#listener.address().port}`;
    return line;
  }

  #join(near) {
    this.connections++;
    near.on("error", () => {});
    if (!this.#isUp) {
      near.destroy();
      return;
    }

    const far = connect(Number(this.#target.port), this.#target.hostname);
    const pair = { near, far };
    this.#pairs.add(pair);
    near.on("data", (bytes) => {
      this.requests.push(...(bytes.toString("latin1").match(/^(?:GET|POST) \S+/gm) ?? []));
    });
    for (const [from, to] of [[near, far], [far, near]]) {
      from.on("error", () => {});
      from.on("data", (bytes) => !this.#isSilent && to.write(bytes));
      from.on("close", () => {
        this.#pairs.delete(pair);
        to.destroy();
      });
    }
  }

  /** Breaks every connection and lets no new one through. */
  cut() {
    this.#isUp = false;
    for (const { near, far } of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  mend() {
    this.#isUp = true;
    this.#isSilent = false;
  }

  /** Swallows what is sent, both ways, and closes nothing. */
  silence() {
    this.#isSilent = true;
  }

  close() {
    this.cut();
    this.#listener.close();
  }
}
