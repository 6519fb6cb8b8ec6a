// Draws the API's documentation on /api/docs. Everything comes from this server: no fonts, no proxy, no telemetry from elsewhere.
const base = location.pathname.replace(/\/api\/docs\/?$/, "");

window.Scalar.createApiReference("#app", {
  url: `${location.origin}${base}/openapi/v1.json`,
  baseServerURL: `${location.origin}${base}`,
  proxyUrl: "",
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true },
  mcp: { disabled: true },
  customCss: ":root { --scalar-font: Inter, 'Segoe UI', system-ui, sans-serif; }",
});
