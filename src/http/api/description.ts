// The API describes itself: the document for programs, the page for people, and nothing that needs another server.
import type { FastifyInstance } from "fastify";
import { openApiDocument } from "../../contract/index.ts";
import { descriptionPage } from "./page-html.ts";
import { PAGE_STYLE } from "./page-style.ts";

/** The page runs no script, loads nothing foreign, and cannot be framed. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PUBLIC = { config: { access: "public" }, exposeHeadRoute: false } as const;

/** Adds /openapi.json, /docs and its style sheet below `basePath`; open to everybody, since they tell no data. */
export function mountDescription(app: FastifyInstance, basePath: string): void {
  const contract = openApiDocument();
  const text = JSON.stringify(contract);
  const page = descriptionPage(contract);
  app.get(`${basePath}/openapi.json`, PUBLIC, (_request, reply) =>
    reply.type("application/json").serializer(String).send(text),
  );
  app.get(`${basePath}/docs`, PUBLIC, (_request, reply) =>
    reply
      .header("content-security-policy", PAGE_POLICY)
      .type("text/html; charset=utf-8")
      .serializer(String)
      .send(page),
  );
  app.get(`${basePath}/docs.css`, PUBLIC, (_request, reply) =>
    reply.type("text/css; charset=utf-8").serializer(String).send(PAGE_STYLE),
  );
}
