// What the library's pages need of the browser: arrow keys in the list, and selecting in the coverage grid by pointer, finger or keyboard.
(() => {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], PageUp: [0, -4], PageDown: [0, 4] };

  const columnsOf = (item) => {
    const row = item.closest(".poster-row");
    return row ? parseInt(getComputedStyle(row).getPropertyValue("--poster-columns"), 10) || 1 : 1;
  };

  // Only what is in sight is drawn: what is not there yet is scrolled to, and comes.
  const itemAt = async (list, index, from) => {
    const find = () => list.querySelector(`[data-index="${index}"]`);
    for (let tries = 0; tries < 20 && !find(); tries++) {
      window.scrollBy(0, Math.sign(index - from) * window.innerHeight * 0.6);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    return find();
  };

  // An element that is handed over may be gone with its page by the time the call arrives.
  const arrows = (list) => {
    list?.addEventListener("keydown", async (event) => {
      const item = event.target.closest("[data-index]");
      if (!item || event.ctrlKey || event.altKey || event.metaKey) {
        return;
      }
      if (event.key === "Escape") {
        document.querySelector("[data-end-select]")?.click();
        return;
      }
      const columns = columnsOf(item);
      const here = parseInt(item.dataset.index, 10);
      const step = steps[event.key];
      if (!step || (columns === 1 && step[0] !== 0)) {
        return;
      }
      event.preventDefault();
      const there = here + step[0] + step[1] * columns;
      const next = there >= 0 ? await itemAt(list, there, here) : null;
      next?.focus();
      if (next && event.shiftKey && next.getAttribute("role") === "checkbox") {
        next.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: true }));
      }
    });
  };

  // A picture that cannot be had leaves the initials behind it.
  const isArt = (target) => target.matches?.(".cover img, .series-art img");
  document.addEventListener("error", (event) => isArt(event.target) && (event.target.style.visibility = "hidden"), true);
  document.addEventListener("load", (event) => isArt(event.target) && (event.target.style.visibility = ""), true);

  const coverage = (frame, component) => {
    if (!frame) {
      return;
    }
    const details = frame.parentElement.querySelector(".coverage-details");
    let anchor = null;
    let drag = null;

    const rows = () => [...frame.querySelectorAll(".coverage-episode")];
    const cellsOf = (row) => [...row.querySelectorAll(".coverage-cell")];
    const cellAt = ([episode, language]) => {
      const row = rows()[episode];
      return row ? cellsOf(row)[language] : undefined;
    };
    const placeOf = (cell) => {
      const row = cell.closest(".coverage-episode");
      return [rows().indexOf(row), cellsOf(row).indexOf(cell)];
    };
    const same = (one, other) => one[0] === other[0] && one[1] === other[1];
    const say = (cell) => {
      details.textContent = cell ? `${cell.getAttribute("aria-label")}. ${cell.title}` : details.dataset.hint;
    };
    const enter = (cell) => {
      frame.querySelectorAll('.coverage-cell[tabindex="0"]').forEach((other) => (other.tabIndex = -1));
      cell.tabIndex = 0;
      cell.focus();
    };
    const mark = (how, from, to) => component.invokeMethodAsync("MarkAsync", how, from, to).catch(() => {});

    // Drawn at once; the server says the rest when the pointer is let go.
    const draw = (from, to) => {
      const within = (value, one, other) => value >= Math.min(one, other) && value <= Math.max(one, other);
      rows().forEach((row, episode) =>
        cellsOf(row).forEach((cell, language) =>
          cell.classList.toggle("in-range", !!to && within(episode, from[0], to[0]) && within(language, from[1], to[1]))
        )
      );
    };

    const flip = (place) => {
      anchor = place;
      return mark("flip", place, place);
    };
    const extend = (place) => {
      if (!anchor) {
        return flip(place);
      }
      return mark("extend", anchor, place);
    };

    const choose = (event, place) => {
      if (event.shiftKey) {
        return extend(place);
      }
      const alone = frame.getRootNode().querySelectorAll('.coverage-cell[aria-selected="true"]');
      const isAlone = alone.length === 1 && alone[0] === cellAt(place);
      if (event.pointerType === "touch" || event.ctrlKey || event.metaKey || isAlone) {
        return flip(place);
      }
      anchor = place;
      return mark("only", place, place);
    };

    frame.addEventListener("pointerdown", (event) => {
      const cell = event.target.closest(".coverage-cell");
      if (cell && event.button === 0 && event.isPrimary) {
        drag = { from: placeOf(cell), to: null };
        if (event.pointerType === "touch") {
          cell.releasePointerCapture?.(event.pointerId);
        } else {
          event.preventDefault();
        }
        enter(cell);
      }
    });

    frame.addEventListener("pointermove", (event) => {
      const cell = drag && document.elementFromPoint(event.clientX, event.clientY)?.closest(".coverage-cell");
      if (cell && frame.contains(cell)) {
        const place = placeOf(cell);
        if (drag.to || !same(place, drag.from)) {
          drag.to = place;
          draw(drag.from, place);
        }
      }
    });

    const end = async (event) => {
      const done = drag;
      drag = null;
      if (!done) {
        return;
      }
      if (event.type === "pointerup" && !done.to) {
        await choose(event, done.from);
      } else if (event.type === "pointerup") {
        const adds = event.pointerType === "touch" || event.ctrlKey || event.metaKey;
        anchor = done.from;
        await mark(adds ? "also" : "only", done.from, done.to);
      }
      draw();
    };
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);

    frame.addEventListener("focusin", (event) => {
      const cell = event.target.closest(".coverage-cell");
      if (cell) {
        frame.querySelectorAll('.coverage-cell[tabindex="0"]').forEach((other) => (other.tabIndex = -1));
        cell.tabIndex = 0;
        say(cell);
      }
    });
    frame.addEventListener("pointerover", (event) => {
      const cell = event.target.closest(".coverage-cell");
      if (cell) {
        say(cell);
      }
    });
    frame.addEventListener("pointerleave", () => say(frame.contains(document.activeElement) ? document.activeElement.closest(".coverage-cell") : null));

    const moves = {
      ArrowLeft: ([episode, language]) => [episode - 1, language],
      ArrowRight: ([episode, language]) => [episode + 1, language],
      ArrowUp: ([episode, language]) => [episode, language - 1],
      ArrowDown: ([episode, language]) => [episode, language + 1],
      PageUp: ([episode, language]) => [Math.max(0, episode - 10), language],
      PageDown: ([episode, language]) => [Math.min(rows().length - 1, episode + 10), language],
      Home: ([, language]) => [0, language],
      End: ([, language]) => [rows().length - 1, language],
    };

    const toBar = () => {
      const bar = document.querySelector(".coverage-bar button:not([disabled])");
      bar?.focus();
      return !!bar;
    };

    frame.addEventListener("keydown", async (event) => {
      const cell = event.target.closest(".coverage-cell");
      if (!cell || event.altKey) {
        return;
      }
      const here = placeOf(cell);
      if (moves[event.key] && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        const there = moves[event.key](here);
        const next = cellAt(there);
        if (next) {
          // Not waited for: what is told arrives in this order, and the next key may come at once.
          if (event.shiftKey && !anchor) {
            flip(here);
          }
          enter(next);
          if (event.shiftKey) {
            extend(there);
          }
        }
      } else if (event.key === " ") {
        event.preventDefault();
        await flip(here);
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (!document.querySelector('.coverage-cell[aria-selected="true"]')) {
          anchor = here;
          await mark("only", here, here);
        }
        if (!toBar()) {
          setTimeout(toBar, 150);
        }
      } else if (event.key === "Escape") {
        anchor = null;
        await mark("clear", here, here);
      } else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        anchor = [0, 0];
        const all = rows();
        await mark("only", [0, 0], [all.length - 1, cellsOf(all[0]).length - 1]);
      }
    });

    // What is said about a cell follows what becomes of it.
    const observer = new MutationObserver((changes) => {
      if (!frame.isConnected) {
        observer.disconnect();
        window.removeEventListener("pointerup", end);
        window.removeEventListener("pointercancel", end);
      } else if (changes.some((change) => change.target === document.activeElement)) {
        say(document.activeElement);
      }
    });
    observer.observe(frame, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label", "title"] });
    say(null);
  };

  window.aniworldLibrary = { arrows, coverage };
})();
