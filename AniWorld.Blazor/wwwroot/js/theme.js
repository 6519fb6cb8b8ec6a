// Light, dark or the system's choice: known before the first paint, told to the page whenever it changes.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const choices = ["light", "dark", "system"];
  let page = null;

  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is switched off: the default holds
    }
  };
  let choice = [stored(), root.dataset.themeDefault, "system"].find((value) => choices.includes(value));

  const apply = () => {
    const dark = choice === "dark" || (choice === "system" && system.matches);
    root.dataset.theme = dark ? "dark" : "light";
    root.style.colorScheme = root.dataset.theme;
    return page?.invokeMethodAsync("ShowAsync", choice, dark).catch(() => {}); // the page has gone
  };

  window.aniworldTheme = {
    watch(component) {
      page = component;
      return apply();
    },
    choose(value) {
      choice = choices.includes(value) ? value : "system";
      try {
        localStorage.setItem("theme", choice);
      } catch {
        // kept until the page is closed
      }
      return apply();
    },
  };
  system.addEventListener("change", apply);
  apply();
})();
