// Keys that work anywhere: Ctrl+K, / and ?, and g followed by a page's letter. Single letters can be switched off.
(() => {
  const afterG = 1500;
  let page = null;
  let early = null;
  let goUntil = 0;

  const singleKeys = () => {
    try {
      return localStorage.getItem("single-keys") !== "off";
    } catch {
      return true;
    }
  };

  const isTyping = (target) =>
    target.isContentEditable || (target.matches?.("input, textarea, select, [role=combobox], [role=listbox]") && !target.matches("[type=checkbox], [type=radio], [type=button]"));

  // A key that is pressed before the page listens counts once it does.
  const tell = (event, method, ...values) => {
    event.preventDefault();
    if (page) {
      page.invokeMethodAsync(method, ...values).catch(() => {}); // the connection is away
    } else {
      early = [method, ...values];
    }
  };

  const search = (event) => {
    const field = [...document.querySelectorAll("main input[type=search]")].find((input) => input.checkVisibility());
    if (!field) {
      tell(event, "OpenPaletteAsync");
      return;
    }
    event.preventDefault();
    field.focus();
    field.select();
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat) {
      return;
    }
    const isOpen = document.querySelector(".mud-dialog, .mud-popover-open") !== null;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      if (!isOpen) {
        tell(event, "OpenPaletteAsync");
      }
      return;
    }
    if (isOpen || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !singleKeys()) {
      return;
    }
    const wasG = Date.now() < goUntil;
    goUntil = 0;
    if (wasG && /^[a-z]$/.test(event.key)) {
      tell(event, "GoTo", event.key);
    } else if (event.key === "g") {
      goUntil = Date.now() + afterG;
    } else if (event.key === "/") {
      search(event);
    } else if (event.key === "?") {
      tell(event, "ShowHelpAsync");
    }
  });

  window.aniworldKeys = {
    listen(component) {
      page = component;
      if (early) {
        page.invokeMethodAsync(...early).catch(() => {});
        early = null;
      }
    },
    focus: (field) => field?.focus(),
    reveal: (id) => document.getElementById(id)?.scrollIntoView({ block: "nearest" }),
    singleKeys,
    switchSingleKeys(wanted) {
      try {
        localStorage.setItem("single-keys", wanted ? "on" : "off");
      } catch {
        // kept until the page is closed is not possible without storage; the keys stay on
      }
    },
  };
})();
