// Promo codes: those that collide, those that nobody has, and those that are shown and do not work.
import { foldCode, readMoment } from "../pricing/index.ts";
import type { Remark } from "./finding.ts";
import type { Solving } from "./solving.ts";
import type { Subject } from "./subject.ts";

/** What the code table holds, as far as the set is concerned. */
export interface CodesView {
  /** Its rows for the codes that the set lists or shows, by folded code. */
  readonly byCode: ReadonlyMap<string, { readonly promotionId: string; readonly isUsable: boolean }>;
  /** Codes of the table by promotion id; `usable: null`: not counted. */
  readonly counts: ReadonlyMap<string, { readonly all: number; readonly usable: number | null }>;
}

/** Remarks on the codes of all promotions. */
export function codeRemarks(
  subjects: readonly Subject[],
  view: CodesView | null,
  solving: Solving,
): Remark[] {
  const owners = new Map<string, Subject>();
  const looks = new Map<string, { readonly code: string; readonly owner: Subject }>();
  return [
    ...subjects.flatMap((subject) => [
      ...listRemarks(subject, owners, looks, view),
      ...(view === null ? [] : supplyRemarks(subject, view)),
      ...showcaseRemarks(subject, view, solving),
    ]),
    ...(view === null ? [] : tableRemarks(subjects, view)),
  ];
}

function listRemarks(
  subject: Subject,
  owners: Map<string, Subject>,
  looks: Map<string, { readonly code: string; readonly owner: Subject }>,
  view: CodesView | null,
): Remark[] {
  const { document, path } = subject;
  const own = document.codes?.list ?? [];
  const remarks: Remark[] = [];
  for (const [place, code] of own.entries()) {
    const at = `${path}.codes.list[${place}]`;
    const folded = foldCode(code);
    const owner = owners.get(folded);
    const tell = (kind: Remark["code"], other: string, words: Record<string, string>): void => {
      remarks.push({
        code: kind,
        path: at,
        promotionIds: [document.id, other],
        words: { what: code, ...words },
      });
    };
    if (owner === subject)
      remarks.push({ code: "code_twice", path: at, promotionIds: [document.id], words: { what: code } });
    else if (owner !== undefined) tell("code_collides", owner.document.id, { owner: owner.document.id });
    else owners.set(folded, subject);
    const row = view?.byCode.get(folded);
    if (row !== undefined && row.promotionId !== document.id)
      tell("code_in_table", row.promotionId, { owner: row.promotionId });
    const look = looks.get(lookOf(folded));
    if (look === undefined) looks.set(lookOf(folded), { code, owner: subject });
    else if (look.owner !== subject && foldCode(look.code) !== folded)
      tell("code_lookalike", look.owner.document.id, { other: look.code, owner: look.owner.document.id });
  }
  return remarks;
}

/** Cyrillic letters and digits that look like Latin letters, as typed on a small screen in capitals. */
const LOOKS: Readonly<Record<string, string>> = {
  а: "a",
  в: "b",
  с: "c",
  е: "e",
  ё: "e",
  н: "h",
  к: "k",
  м: "m",
  о: "o",
  р: "p",
  т: "t",
  х: "x",
  у: "y",
  "0": "o",
  з: "3",
};

function lookOf(folded: string): string {
  return [...folded].map((letter) => LOOKS[letter] ?? letter).join("");
}

/** Promotions that need a code of which there is none, or none that works. */
function supplyRemarks({ document, path, isLive }: Subject, { byCode, counts }: CodesView): Remark[] {
  if (document.codes === undefined || !isLive) return [];
  const about = { path: `${path}.codes`, promotionIds: [document.id] };
  const { all, usable } = counts.get(document.id) ?? { all: 0, usable: 0 };
  const listed = document.codes.list ?? [];
  if (listed.length === 0 && all === 0) return [{ code: "no_code", ...about }];
  const working = listed.filter((code) => byCode.get(foldCode(code))?.isUsable ?? true).length;
  if (working > 0 || usable === null || usable > 0) return [];
  return [{ code: "codes_spent", ...about, words: { count: Math.max(all, listed.length) } }];
}

function showcaseRemarks(
  { document, path }: Subject,
  view: CodesView | null,
  { zone, now }: Solving,
): Remark[] {
  const listed = new Set((document.codes?.list ?? []).map(foldCode));
  return (document.codes?.showcase ?? []).flatMap(({ code, availableUntil }, place): Remark[] => {
    const at = `${path}.codes.showcase[${place}]`;
    const remarks: Remark[] = [];
    const about = { promotionIds: [document.id] };
    const folded = foldCode(code);
    if (view !== null && !listed.has(folded) && view.byCode.get(folded)?.promotionId !== document.id)
      remarks.push({ code: "showcase_unknown", path: `${at}.code`, ...about, words: { what: code } });
    if (availableUntil === undefined) return remarks;
    const until = readMoment(availableUntil, zone);
    if (until === null || until <= now)
      remarks.push({
        code: "showcase_over",
        path: `${at}.availableUntil`,
        ...about,
        words: { what: availableUntil },
      });
    return remarks;
  });
}

/** Codes of the table whose promotion is gone or needs none. */
function tableRemarks(subjects: readonly Subject[], { counts }: CodesView): Remark[] {
  const byId = new Map(subjects.map((subject) => [subject.document.id, subject]));
  return [...counts].flatMap(([id, { all }]): Remark[] => {
    const subject = byId.get(id);
    const words = { what: id, count: all };
    if (subject === undefined)
      return [{ code: "table_codes_lost", path: "promotions", promotionIds: [id], words }];
    if (subject.document.codes !== undefined) return [];
    return [{ code: "table_codes_unused", path: `${subject.path}.codes`, promotionIds: [id], words }];
  });
}
