// A deliberately broken server: nobody in it hears of an idle connection that died.
import { EventEmitter } from "node:events";
import pg from "pg";

pg.Pool.prototype.on = function deaf(this: pg.Pool, name: string, hear: (...heard: never[]) => void) {
  return name === "error" ? this : EventEmitter.prototype.on.call(this, name, hear as () => void);
} as typeof pg.Pool.prototype.on;

await import("../../../src/main.ts");
