// Key presses as the console reads them: by their place on the board, and never while somebody types.
/** Fields that letters are written into: a ticked box takes none, and what is ticked has keys of its own. */
const WRITTEN = 'input:not([type="checkbox"], [type="radio"])';

/** Whether a key press belongs to a field or a dialog and is none of ours. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest(`${WRITTEN}, textarea, select, [role="dialog"]`) !== null;
}

/** The key by its place on the board, so that it works in the Russian layout too: "g", "/", "?". */
export function plainKey(event: KeyboardEvent): string {
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  if (event.key === "?") return "?";
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return event.key;
}
