// A deliberately broken server: told to stop, it drops every connection at once, whatever is under way on it.
import { Server as HttpServer } from "node:http";
import { Server } from "node:net";

const listen = Server.prototype.listen;

Server.prototype.listen = function hasty(this: Server, ...how: unknown[]): Server {
  if (this instanceof HttpServer) process.once("SIGTERM", () => this.closeAllConnections());
  return (listen as (...how: unknown[]) => Server).apply(this, how);
} as typeof listen;

await import("../../../src/main.ts");
