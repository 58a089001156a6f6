// The style sheet of the page: system fonts, two colour schemes, nothing from elsewhere.

/** Served as /api/docs.css. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --paper: #fbfbf9; --card: #ffffff; --ink: #22262b; --quiet: #5a636e; --line: #e3e4df;
  --link: #175a9c; --code: #f1f2ee; --good: #1b6e3c; --bad: #9a3412;
  --get: #175a9c; --post: #1b6e3c; --put: #7a5200; --delete: #a02334;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --card: #1d2024; --ink: #e4e6e8; --quiet: #a4adb7; --line: #31363c;
    --link: #8cc0f2; --code: #272b30; --good: #7fd19b; --bad: #f0a285;
    --get: #8cc0f2; --post: #7fd19b; --put: #e3bf6b; --delete: #f39aa5;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr);
  background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
code, pre { font: 0.875em/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { background: var(--code); padding: 0.1em 0.35em; border-radius: 4px; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: 0.5rem 1rem; z-index: 2; }
nav {
  position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 2rem 1.25rem;
  border-right: 1px solid var(--line); font-size: 0.9rem;
}
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: 0.15rem 0; }
nav > ul > li { margin-bottom: 0.9rem; }
nav > ul > li > a { font-weight: 600; color: var(--ink); }
nav a { display: block; padding: 0.1rem 0; text-decoration: none; color: var(--quiet); }
nav a:hover { color: var(--link); text-decoration: underline; }
.brand { margin: 0 0 1.5rem; font-weight: 700; font-size: 1.1rem; }
.brand span { font-weight: 400; color: var(--quiet); font-size: 0.9rem; }
main { padding: 2.5rem clamp(1rem, 4vw, 3.5rem) 6rem; max-width: 66rem; }
h1 { margin: 0 0 0.5rem; font-size: 2rem; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 0 0 0.25rem; font-size: 1.5rem; }
h3 { margin: 0 0 0.5rem; font-size: 1.15rem; }
h4 { margin: 1.5rem 0 0.5rem; font-size: 0.8rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--quiet); }
p { margin: 0 0 0.9rem; max-width: 46rem; }
.lead { color: var(--quiet); }
.group { margin-top: 3.5rem; }
article {
  margin: 1.25rem 0; padding: 1.5rem 1.75rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 10px;
}
article > :last-child { margin-bottom: 0; }
.anchor { color: var(--quiet); text-decoration: none; font-weight: 400; opacity: 0.55; }
.anchor:hover, .anchor:focus { opacity: 1; }
.line { margin-bottom: 0.4rem; max-width: none; }
.path { background: none; padding: 0; font-size: 0.95em; }
.method {
  display: inline-block; min-width: 4.2rem; text-align: center; font-size: 0.75rem; font-weight: 700;
  letter-spacing: 0.05em; border: 1.5px solid currentColor; border-radius: 5px; padding: 0.05rem 0.4rem; margin-right: 0.4rem;
}
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .delete { color: var(--delete); }
.scope { color: var(--quiet); font-size: 0.9rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 600; font-size: 0.8rem; }
tbody th { font-weight: 400; min-width: 8.5rem; }
tbody th code { overflow-wrap: normal; }
tbody th em { white-space: nowrap; }
tbody td:last-child { min-width: 14rem; }
tbody tr:last-child th, tbody tr:last-child td { border-bottom: 0; }
tr:target { background: var(--code); }
em { font-style: normal; font-size: 0.8em; color: var(--quiet); }
.status { font-weight: 700; font-variant-numeric: tabular-nums; }
.good { color: var(--good); } .bad { color: var(--bad); }
details { margin: 0.5rem 0 0; }
summary { cursor: pointer; color: var(--quiet); }
.plain { list-style: none; padding: 0; margin: 0.75rem 0 0; font-size: 0.9rem; }
.plain li { margin: 0.35rem 0; }
pre { margin: 0; padding: 1rem 1.1rem; background: var(--code); border-radius: 8px; overflow-x: auto; }
pre code { background: none; padding: 0; font-size: 0.85rem; }
@media (max-width: 60rem) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 1.25rem; }
  nav ul ul { display: none; }
  nav > ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; }
  nav > ul > li { margin: 0; }
  .brand { margin-bottom: 0.6rem; }
  article { padding: 1.1rem; }
}
@media print {
  nav, .skip { display: none; }
  body { display: block; }
  article { break-inside: avoid; }
}
`;
