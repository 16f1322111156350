// Sets the colour scheme and language before the first paint; a file of its own because the page allows no inline script.
(() => {
  let scheme = null;
  let language = null;
  try {
    scheme = localStorage.getItem("cueset-scheme");
    language = localStorage.getItem("cueset-language");
  } catch {
    // Storage can be forbidden; the system's choice then holds.
  }
  const dark =
    scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  document.documentElement.lang = (language || navigator.language).startsWith("zh") ? "zh-CN" : "en";
})();
