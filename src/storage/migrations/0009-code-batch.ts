// Batches of promo codes: a lot that was made or imported together, and can be listed and switched off as one.
import type { Migration } from "./index.ts";

/** See the file's first line. `promo_code.batch` names the batch's id; lots that were imported before become batches of their name. */
export const migration: Migration = {
  number: 9,
  name: "code-batch",
  statements: ({ int, text }, engine) => [
    `create table code_batch (
      id ${text} primary key,
      name ${text} not null unique,
      kind ${text} not null,
      promotion_id ${text},
      pattern ${text},
      alphabet ${text},
      uses_per_code ${int},
      valid_until ${int},
      wanted ${int},
      codes ${int} not null,
      created_at ${int} not null,
      completed_at ${int},
      disabled_at ${int}
    )`,
    `alter table promo_code add column uses_per_code ${int}`,
    `alter table promo_code add column customer_id ${text}`,
    `alter table promo_code add column place ${int}`,
    engine === "sqlite"
      ? "update promo_code set place = rowid"
      : `update promo_code set place = numbered.place
         from (select folded, row_number() over (order by folded) as place from promo_code) numbered
         where numbered.folded = promo_code.folded`,
    // In the order of making, so that new codes go to its end: an index by spelling would triple the time of a million codes.
    "create index promo_code_by_batch on promo_code (batch, place)",
    `insert into code_batch (id, name, kind, promotion_id, codes, created_at, completed_at)
     select batch, batch, 'imported',
       case when min(promotion_id) = max(promotion_id) then min(promotion_id) else null end,
       count(*), min(created_at), max(created_at)
     from promo_code group by batch`,
  ],
};
