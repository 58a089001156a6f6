// Numbers that stand for customers in the short-lived codes of the app.
import type { Migration } from "./index.ts";

/** See the file's first line. */
export const migration: Migration = {
  number: 15,
  name: "loyalty-number",
  statements: ({ int, text }) => [
    `create table loyalty_number (
      number ${text} primary key,
      customer_id ${text} not null unique,
      uses ${int} not null,
      failures ${int} not null,
      failing_since ${int},
      created_at ${int} not null
    )`,
  ],
};
