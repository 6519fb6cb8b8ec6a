// What the pages cannot do without the browser: copy a text, name the time zone, see how many columns fit.
(() => {
  const watched = new WeakMap();

  const copyOldWay = (text) => {
    const field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  };

  window.aniworldPage = {
    // Over plain http the clipboard is closed to pages; the old way still works there.
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        return copyOldWay(text);
      }
    },

    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,

    // Columns and row height as the style sheet gives them; the names follow --poster-width, --poster-gap and --poster-text.
    watchColumns(frame, component) {
      const size = (name) => parseFloat(getComputedStyle(frame).getPropertyValue(name));
      let told = 0;
      const measure = () => {
        const width = frame.clientWidth;
        const gap = size("--poster-gap");
        const columns = Math.max(2, Math.floor((width + gap) / (size("--poster-width") + gap)));
        if (width > 0 && columns !== told) {
          told = columns;
          frame.style.setProperty("--poster-columns", columns);
          const art = ((width - gap * (columns - 1)) / columns) * 1.5;
          component.invokeMethodAsync("FitAsync", columns, Math.round(art + size("--poster-text") + gap)).catch(() => {});
        }
      };
      const observer = new ResizeObserver(measure);
      observer.observe(frame);
      watched.set(frame, observer);
      measure();
    },

    unwatchColumns(frame) {
      if (frame) {
        watched.get(frame)?.disconnect();
      }
    },
  };
})();
