// Starts the page's connection and brings it back after sleep, network loss or a restart of the server.
(() => {
  const bar = document.getElementById("components-reconnect-modal");
  const quickly = 500;
  const patiently = 2000;

  let isLoadingAgain = false;

  // The server is there but no longer knows this page. What was typed is kept, so nobody has to be asked whether to leave.
  const loadAgain = () => {
    isLoadingAgain = true;
    window.aniworldDrafts.keep();
    location.reload();
  };

  window.addEventListener(
    "beforeunload",
    (event) => {
      if (isLoadingAgain) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );

  const tryAgain = async () => {
    try {
      if (!(await Blazor.reconnect())) {
        loadAgain();
      }
    } catch {
      // still away; the next attempt comes by itself or with the button
    }
  };

  bar?.addEventListener("components-reconnect-state-changed", (event) => {
    if (event.detail.state === "rejected" || event.detail.state === "resume-failed") {
      loadAgain();
    }
  });
  bar?.querySelector("[data-connection-retry]")?.addEventListener("click", tryAgain);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && bar?.classList.contains("components-reconnect-failed")) {
      tryAgain();
    }
  });

  Blazor.start({
    circuit: {
      reconnectionOptions: {
        maxRetries: Number.MAX_SAFE_INTEGER,
        retryIntervalMilliseconds: (attempts) => (attempts === 0 ? 0 : attempts < 20 ? quickly : patiently),
      },
    },
  });
})();
