// The list of outlets in the shapes that spreadsheets give it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, expect, test } from "vitest";
import { readOutlets } from "./outlets-file.ts";

const folder = mkdtempSync(join(tmpdir(), "prilavok-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function listOf(content: string | Uint8Array): Promise<Awaited<ReturnType<typeof readOutlets>>> {
  const path = join(folder, "outlets.csv");
  writeFileSync(path, content);
  return readOutlets(path);
}

const expected = [
  {
    line: 2,
    outlet: {
      id: "ЕКБ-02",
      name: "На Лесной; у парка",
      city: "Екатеринбург",
      timezone: "Asia/Yekaterinburg",
      yandexEatsId: null,
      pickupPointId: null,
    },
  },
];

test("semicolons in windows-1251 are read like commas in UTF-8 with a mark", async () => {
  const commas = 'id,name,city,timezone\nЕКБ-02,"На Лесной; у парка",Екатеринбург,Asia/Yekaterinburg\n';
  const semicolons =
    'City;ID;Name;Time zone;x\r\nЕкатеринбург; ЕКБ-02 ;"На Лесной; у парка";Asia/Yekaterinburg;1\r\n';
  expect(await listOf(`\ufeff${commas}`)).toEqual(expected);
  expect(await listOf(iconv.encode(semicolons, "win1251"))).toEqual(expected);
});

test("ids keep their leading zeros, and lines are the file's", async () => {
  const rows = await listOf("id,yandex_eats_id,pickupPointId\n0012,4021,\n\n0013,,pvz-7\n");
  expect(
    rows.map(({ line, outlet }) => [line, outlet.id, outlet.yandexEatsId, outlet.pickupPointId]),
  ).toEqual([
    [2, "0012", "4021", null],
    [4, "0013", null, "pvz-7"],
  ]);
});

test("a file that is no such list is refused with a sentence", async () => {
  await expect(listOf("name,city\nА,Б\n")).rejects.toThrow("no column id");
  await expect(listOf('id,name\n1,"open\n')).rejects.toThrow("cannot be read");
});
