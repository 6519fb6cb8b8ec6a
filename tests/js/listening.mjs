// What a test waits for, and what it has heard.

/** The next such event's data. */
export function next(socket, event, fits = () => true) {
  return new Promise((resolve) => {
    const listener = (data, message) => {
      if (fits(data, message)) {
        socket.off(event, listener);
        resolve(data);
      }
    };
    socket.on(event, listener);
  });
}

const lasting = ["queue_status", "download_complete", "download_failed", "scan_complete", "scan_failed", "system_notice"];

/** Notes every event that must not be lost, in the order in which they come. */
export class Notes {
  #notes = [];
  #waiting = new Set();

  constructor(socket) {
    for (const type of lasting) {
      socket.on(type, (data, { seq }) => {
        this.#notes.push({ type, seq, data });
        [...this.#waiting].forEach((look) => look());
      });
    }
  }

  of(type) {
    return this.#notes.filter((note) => note.type === type).map(({ data }) => data);
  }

  get seqs() {
    return this.#notes.map(({ seq }) => seq);
  }

  /** Done when the notes are as wanted. */
  until(fits) {
    return new Promise((resolve) => {
      const look = () => {
        if (fits(this)) {
          this.#waiting.delete(look);
          resolve(this);
        }
      };
      this.#waiting.add(look);
      look();
    });
  }
}
