// A deliberately broken server: asked to stop, it drops every connection at once.
import { Server as HttpServer } from "node:http";
import { Server } from "node:net";

const close = Server.prototype.close;

Server.prototype.close = function hasty(this: Server, done?: (error?: Error) => void): Server {
  if (this instanceof HttpServer) this.closeAllConnections();
  return close.call(this, done);
};

await import("../../../src/main.ts");
