// Lets rows of a list be dragged into another order, with a mouse, a pen or a finger, and moved with the arrow keys.
// A row has data-drag-id and data-drag-group, and in it a [data-drag-handle]; it moves among the rows of its group only.
// Rows keep their place in the document: they are shifted while one is dragged, and the component puts them in order afterwards.
const keys = { ArrowUp: "Up", ArrowDown: "Down", Home: "Top", End: "Bottom" };
const edge = 72;

export function watch(list, component) {
  let drag = null;

  const rowOf = (element) => element.closest?.("[data-drag-handle]")?.closest("[data-drag-id]");
  const tell = (method, ...values) => component.invokeMethodAsync(method, ...values).catch(() => {});

  const shift = (y) => {
    const moved = Math.min(Math.max(y + window.scrollY - drag.start, drag.least), drag.most);
    const middle = drag.tops[drag.from] + moved + drag.heights[drag.from] / 2;
    drag.to = drag.tops.filter((top, i) => i !== drag.from && middle > top + drag.heights[i] / 2).length;
    drag.rows.forEach((row, i) => {
      const by = i === drag.from ? moved
        : i > drag.from && i <= drag.to ? -drag.heights[drag.from]
        : i < drag.from && i >= drag.to ? drag.heights[drag.from] : 0;
      row.style.transform = by ? `translateY(${by}px)` : "";
    });
  };

  const scroll = () => {
    if (!drag) {
      return;
    }
    const by = drag.y < edge ? drag.y - edge : drag.y > innerHeight - edge ? drag.y - innerHeight + edge : 0;
    if (by) {
      window.scrollBy(0, by / 6);
      shift(drag.y);
    }
    drag.frame = requestAnimationFrame(scroll);
  };

  const end = (dropped) => {
    if (!drag) {
      return;
    }
    const { rows, from, to, frame, id, handle, pointer } = drag;
    drag = null;
    cancelAnimationFrame(frame);
    if (handle.hasPointerCapture(pointer)) {
      handle.releasePointerCapture(pointer);
    }
    rows[from].classList.remove("dragged");
    // Shifted rows stay where they are until the component has put them there, so that nothing jumps.
    const ordered = new MutationObserver(() => settle());
    const settle = () => {
      ordered.disconnect();
      list.classList.remove("dragging");
      rows.forEach((row) => { row.style.transform = ""; });
    };
    if (dropped && to !== from) {
      ordered.observe(list, { childList: true });
      tell("DroppedAsync", id, to).then(settle);
    } else {
      settle();
    }
  };

  const down = (event) => {
    const row = event.button === 0 ? rowOf(event.target) : null;
    if (!row || drag) {
      return;
    }
    const rows = [...list.querySelectorAll("[data-drag-id]")].filter((one) => one.dataset.dragGroup === row.dataset.dragGroup);
    const from = rows.indexOf(row);
    const tops = rows.map((one) => one.getBoundingClientRect().top);
    const heights = rows.map((one) => one.offsetHeight);
    const handle = event.target.closest("[data-drag-handle]");
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    list.classList.add("dragging");
    row.classList.add("dragged");
    drag = {
      rows, from, to: from, tops, heights, handle, id: row.dataset.dragId, pointer: event.pointerId, y: event.clientY,
      start: event.clientY + window.scrollY, least: tops[0] - tops[from], most: tops.at(-1) + heights.at(-1) - tops[from] - heights[from],
    };
    drag.frame = requestAnimationFrame(scroll);
  };

  const move = (event) => {
    if (drag) {
      drag.y = event.clientY;
      shift(event.clientY);
    }
  };

  const up = () => end(true);
  const lost = () => end(false);

  const key = async (event) => {
    if (event.key === "Escape" && drag) {
      end(false);
      return;
    }
    const row = keys[event.key] && rowOf(event.target);
    if (!row || drag) {
      return;
    }
    event.preventDefault();
    const id = row.dataset.dragId;
    await tell("KeyAsync", id, keys[event.key]);
    list.querySelector(`[data-drag-id="${CSS.escape(id)}"] [data-drag-handle]`)?.focus();
  };

  const heard = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: lost, keydown: key };
  Object.entries(heard).forEach(([name, act]) => list.addEventListener(name, act));
  list.dataset.dragReady = "";
  return {
    stop() {
      end(false);
      Object.entries(heard).forEach(([name, act]) => list.removeEventListener(name, act));
    },
  };
}
