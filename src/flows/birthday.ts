// What a birthday is, told by files and by callers of the API alike.

/** Whether `text` is "YYYY-MM-DD" or "MM-DD" and such a day exists; the 29th of February does. */
export function isBirthday(text: string): boolean {
  const day = text.length === 5 ? `2000-${text}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const date = new Date(`${day}T00:00:00Z`);
  // A day that does not exist would be moved into the next month.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
