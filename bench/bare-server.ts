// A bare Fastify route: parses the body, serialises a fixed answer. The measure of what cannot be saved.
import Fastify from "fastify";

const answer: unknown = JSON.parse(process.env["BARE_ANSWER"] ?? "{}");
const app = Fastify();
app.post("/basket", async (_request, reply) => reply.type("application/json").send(JSON.stringify(answer)));
app.get("/cpu", async () => process.cpuUsage());
process.stdout.write(`${await app.listen({ host: "127.0.0.1", port: 0 })}\n`);
