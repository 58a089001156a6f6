// A deliberately broken server: it says synchronous=FULL and leaves SQLite at NORMAL, which forces nothing to the disk at a commit.
import Sqlite from "better-sqlite3";

const pragma = Sqlite.prototype.pragma;

Sqlite.prototype.pragma = function lazy(
  this: Sqlite.Database,
  text: string,
  options?: Sqlite.PragmaOptions,
): unknown {
  if (text === "synchronous = FULL") return pragma.call(this, "synchronous = NORMAL");
  const value = pragma.call(this, text, options);
  return text === "synchronous" ? 2 : value;
};

await import("../../src/main.ts");
