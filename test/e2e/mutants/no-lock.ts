// A deliberately broken server: it believes every lock on a database file to be left by a process that is gone.
process.kill = (() => {
  throw new Error("nobody is there");
}) as typeof process.kill;

await import("../../../src/main.ts");
