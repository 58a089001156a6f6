// A sender of answers in a process of its own, to be killed: argv is the database's URL, the marketplace's, and hours to add to the clock.
import { v7 as uuidv7 } from "uuid";
import { instant } from "../../src/core/basics/index.ts";
import { AnswerSender } from "../../src/jobs/index.ts";
import { openDatabase } from "../../src/storage/index.ts";
import { clientOf } from "./answers.ts";

const [, , url = "", standUrl = "", hours = "0"] = process.argv;
const database = await openDatabase({ url });
const house = {
  database,
  now: () => instant(Date.now() + Number(hours) * 3_600_000),
  newId: () => uuidv7(),
  alarm: () => undefined,
};
const sender = new AnswerSender(house, clientOf(standUrl, { limits: { totalMs: 5_000 } }), {
  failed: (_job, error) => {
    process.stderr.write(`${String(error)}\n`);
  },
});
sender.start();
process.stdout.write("ready\n");
// Until it is killed, or told that it has had its time.
setTimeout(async () => {
  await sender.stop();
  await database.close();
  process.exit(0);
}, 6_000);
