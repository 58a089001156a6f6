// Texts that try to become more than text, as customers and colleagues could write them into any field.

/** Each would set `hacked` on the window, or break out of its place, if anything ran or read it. */
export const HOSTILE_TEXTS: readonly string[] = [
  `<img src=x onerror="window.hacked=1">`,
  "<script>window.hacked=1</script>",
  `"><svg onload=window.hacked=1>`,
  "'-(window.hacked=1)-'",
  "javascript:window.hacked=1//",
  "{{count}} $t(shell.signOut)",
  `<iframe srcdoc="<script>top.hacked=1</script>">`,
  "</textarea><b onmouseover=window.hacked=1>b</b>",
];
