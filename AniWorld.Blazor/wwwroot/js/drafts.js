// Keeps what was typed when the page has to be loaded again because the server forgot it: in this tab only, never passwords.
(() => {
  const name = "drafts";
  const patience = 15000;
  const kept = "input:not([type=password]):not([type=hidden]):not([type=file]):not([type=submit]):not([type=button]), textarea";
  const isSwitch = (field) => field.type === "checkbox" || field.type === "radio";
  const touched = new Set();

  // Ids are made anew with every page; what a field is called stays.
  const calledBy = (field) =>
    field.dataset.setting || field.name || field.getAttribute("aria-label") || field.labels?.[0]?.textContent.trim() || field.placeholder || "";

  const keyOf = (field) => {
    const called = calledBy(field);
    const same = [...document.querySelectorAll(kept)].filter((other) => calledBy(other) === called);
    return called && `${called}#${same.indexOf(field)}`;
  };

  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(name)) ?? null;
    } catch {
      return null;
    }
  };

  const keep = () => {
    const fields = [...touched].filter((field) => field.isConnected && !field.closest("[data-no-draft]"));
    const values = Object.fromEntries(fields.map((field) => [keyOf(field), isSwitch(field) ? field.checked : field.value]).filter(([key]) => key));
    try {
      sessionStorage.setItem(name, JSON.stringify({ at: location.pathname, values }));
    } catch {
      // full or switched off: then it is typed again
    }
  };

  const give = (field, value) => {
    if (isSwitch(field)) {
      if (field.checked !== value) {
        field.click();
      }
      return;
    }
    if (field.value !== value) {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  const giveBack = ({ at, values }) => {
    if (at !== location.pathname) {
      return;
    }
    const fill = () => {
      for (const field of document.querySelectorAll(kept)) {
        const key = keyOf(field);
        if (key in values) {
          const value = values[key];
          delete values[key];
          touched.add(field);
          give(field, value);
        }
      }
      if (Object.keys(values).length === 0) {
        observer.disconnect();
      }
    };
    const observer = new MutationObserver(fill);
    observer.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => observer.disconnect(), patience);
    fill();
  };

  const note = (event) => {
    if (event.target.matches?.(kept)) {
      touched.add(event.target);
    }
  };
  document.addEventListener("input", note);
  document.addEventListener("change", note);

  const draft = read();
  if (draft) {
    sessionStorage.removeItem(name);
    giveBack(draft);
  }

  window.aniworldDrafts = { keep };
})();
