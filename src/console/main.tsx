// The entry of the console: language first, then everything else, so that nothing is ever shown in the wrong one.
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./styles.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { firstLanguage, pageMeta } from "./reader.tsx";
import { loadLanguage } from "./words.ts";

// The library that holds the page still under a dialog writes a style tag, and looks for its nonce here.
Object.assign(globalThis, { __webpack_nonce__: pageMeta("style-nonce") });
const language = firstLanguage();
const kept = localStorage.getItem("mantine-color-scheme-value");
const isDark =
  kept === "dark" || (kept !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
// Before anything is drawn: no flash of the other theme.
document.documentElement.dataset["mantineColorScheme"] = isDark ? "dark" : "light";
document.documentElement.lang = language;
const say = await loadLanguage(language);
const root = document.querySelector("#root");
if (root !== null) createRoot(root).render(<App language={language} say={say} />);
