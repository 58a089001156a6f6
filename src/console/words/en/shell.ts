// Words of the shell: the rail of pages, the bar, keys, the palette.
import type { Same } from "../../words.ts";
import type { shell as ru } from "../ru/shell.ts";

/** Texts of the shell. */
export const shell: Same<typeof ru> = {
  product: "Prilavok",
  pages: "Pages",
  skip: "Skip to content",
  search: "Search or go to",
  paletteKeys: "Ctrl K",
  openMenu: "Open the menu",
  closeMenu: "Close the menu",
  close: "Close",
  otherLanguage: "РУ — in Russian",
  otherLanguageName: "Русский",
  otherLanguageMark: "РУ",
  personMenu: "User menu:",
  signOut: "Sign out",
  group: {
    today: "Today",
    sales: "Sales",
    customers: "Customers",
    feedback: "Feedback",
    setup: "Setup",
  },
  theme: { name: "Appearance", light: "Light", dark: "Dark", system: "As the system" },
  keys: {
    title: "Keys",
    palette: "Search or go to",
    search: "To the search field",
    sheet: "This sheet",
    list: "Down and up a list",
    open: "Open",
    select: "Select the row",
    answer: "Answer",
    note: "Write a note",
    assign: "Assign",
    toMe: "Assign to me",
    tag: "Tag",
    close: "Resolve",
  },
  palette: {
    title: "Search and go",
    placeholder: "A page, an order, a phone, a code…",
    recent: "Recent",
    found: "Found",
    nothing: "Nothing found",
  },
};
