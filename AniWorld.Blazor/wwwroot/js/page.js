// What the pages cannot do without the browser: copy a text, know the language, name the time zone, see how many columns fit.
(() => {
  const watched = new WeakMap();

  const icon = document.querySelector("link[rel=icon]");
  const plainIcon = icon.href;
  let progress = null;

  // Pages set their title whenever they like; the number stays in front of it.
  const retitle = () => {
    const title = document.title.replace(/^\d+ % · /, "");
    const wanted = progress === null ? title : `${progress} % · ${title}`;
    if (document.title !== wanted) {
      document.title = wanted;
    }
  };
  new MutationObserver(retitle).observe(document.head, { childList: true, subtree: true, characterData: true });

  const ring = (percent) => {
    const around = 2 * Math.PI * 12;
    const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="12" fill="none" stroke="#8d9199" stroke-opacity=".5" stroke-width="7"/><circle cx="16" cy="16" r="12" fill="none" stroke="#0f6cbd" stroke-width="7" stroke-dasharray="${(around * percent) / 100} ${around}" transform="rotate(-90 16 16)"/></svg>`;
    return `data:image/svg+xml,${encodeURIComponent(drawn)}`;
  };

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

  // Of a kept secret stars are shown: what is typed is meant in their place.
  document.addEventListener("focusin", ({ target }) => {
    if (target.hasAttribute("data-kept")) {
      target.select();
    }
  });

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

    language: () => decodeURIComponent(document.cookie.match(/(?:^|; )aniworld-language=([^;]*)/)?.[1] ?? "").match(/uic=(\w+)/)?.[1] ?? null,

    // Null forgets the choice. The page comes again in the new language; what is not saved yet asks first, as with every reload.
    chooseLanguage(code) {
      const value = code ? encodeURIComponent(`c=${code}|uic=${code}`) : "";
      const path = new URL(document.baseURI).pathname;
      document.cookie = `aniworld-language=${value};path=${path};max-age=${code ? 31536000 : 0};samesite=lax`;
      location.reload();
    },

    // In the tab's title and icon, also while another tab is looked at. Null when nothing is downloaded.
    showProgress(percent) {
      progress = percent;
      retitle();
      icon.href = percent === null ? plainIcon : ring(percent);
    },

    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,

    // What just came, unless it is well in view already. A menu that it was chosen from takes the focus back first.
    show(element) {
      setTimeout(() => {
        const top = element?.getBoundingClientRect().top;
        if (top < 0 || top > innerHeight / 2) {
          element.scrollIntoView({ block: "start" });
        }
        element?.querySelector("[tabindex='-1']")?.focus({ preventScroll: true });
      }, 150);
    },

    // Columns and row height as the style sheet gives them; the names follow --poster-width, --poster-gap and --poster-text.
    watchColumns(frame, component) {
      if (!frame) {
        return; // the page was left meanwhile
      }
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
