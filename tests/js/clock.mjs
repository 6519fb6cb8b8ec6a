// A clock for a socket that stands still until a test moves it.
export class ManualClock {
  #now = 0;
  #timers = new Map();
  #next = 1;

  now = () => this.#now;

  setTimeout = (run, milliseconds) => {
    this.#timers.set(this.#next, { at: this.#now + milliseconds, run });
    return this.#next++;
  };

  clearTimeout = (timer) => this.#timers.delete(timer);

  /** Milliseconds until the next timer, of which a socket has one. */
  get wait() {
    return Math.min(...[...this.#timers.values()].map(({ at }) => at - this.#now));
  }

  advance(milliseconds) {
    this.#now += milliseconds;
    for (const [timer, { at, run }] of [...this.#timers]) {
      if (at <= this.#now) {
        this.#timers.delete(timer);
        run();
      }
    }
  }
}
