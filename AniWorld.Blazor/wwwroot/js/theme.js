// Light, dark or the system's choice, and stronger contrast. The server has written into the document what this browser chose (ReaderLook);
// what the system wants is added here, before anything is drawn.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const year = 31536000;

  const keep = (name, value) => {
    const path = new URL(document.baseURI).pathname;
    document.cookie = `aniworld-${name}=${value};path=${path};max-age=${year};samesite=lax`;
  };

  const paint = () => {
    const { chosenTheme } = root.dataset;
    root.dataset.theme = chosenTheme !== "system" ? chosenTheme : system.matches ? "dark" : "light";
  };

  const look = () => ({ theme: root.dataset.chosenTheme, hasContrast: root.classList.contains("more-contrast") });

  window.aniworldTheme = {
    look,
    choose(theme) {
      root.dataset.chosenTheme = theme;
      keep("theme", theme);
      paint();
      return look();
    },
    strengthen(wanted) {
      root.classList.toggle("more-contrast", wanted);
      keep("contrast", wanted ? "more" : "normal");
      return look();
    },
  };
  system.addEventListener("change", paint);
  paint();
})();
