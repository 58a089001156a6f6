// Answers to marketplaces' feedback: each with its attempts, and what promo codes cost whom.
import type { Migration } from "./index.ts";

/** States in which a feedback has its answer, or may have it. */
const HOLDING = "state in ('queued', 'sending', 'retrying', 'delivered', 'unknown')";

/**
 * See the file's first line. `answer_one` is the promise that no customer gets two answers: a second one cannot be queued
 * beside one that is on its way, has arrived or may have arrived. An attempt is written before its call.
 */
export const migration: Migration = {
  number: 19,
  name: "answer",
  statements: ({ int, text }) => [
    `create table answer (
      id ${text} primary key,
      item_id ${text} not null,
      source ${text} not null,
      feedback_id ${text},
      order_nr ${text},
      place_id ${text} not null,
      branch_id ${text},
      customer_id ${text},
      revision ${int} not null,
      feedback_at ${int} not null,
      state ${text} not null,
      text ${text} not null,
      text_key ${text},
      promo_percent ${int},
      promo_minor ${int},
      budget_month ${int},
      template_id ${text},
      confirmed ${text} not null,
      created_by ${text} not null,
      created_at ${int} not null,
      asked_by ${text},
      asked_at ${int},
      approved_by ${text},
      queued_at ${int},
      send_at ${int},
      attempt_id ${text},
      lease_until ${int},
      attempts ${int} not null,
      refused_tokens ${int} not null,
      problem ${text},
      status ${int},
      note ${text},
      ended_at ${int},
      decided_by ${text},
      version ${int} not null
    )`,
    `create unique index answer_one on answer (item_id) where ${HOLDING}`,
    "create index answer_item on answer (item_id, id)",
    "create index answer_due on answer (send_at) where state in ('queued', 'retrying')",
    "create index answer_lease on answer (lease_until) where state = 'sending'",
    "create index answer_state on answer (state, id)",
    "create index answer_branch on answer (branch_id, queued_at)",
    `create table answer_attempt (
      id ${text} primary key,
      answer_id ${text} not null,
      number ${int} not null,
      holder ${text} not null,
      started_at ${int} not null,
      ended_at ${int},
      outcome ${text},
      status ${int},
      note ${text},
      source ${text} not null,
      age_ms ${int},
      unique (answer_id, number)
    )`,
    "create index answer_attempt_aged on answer_attempt (source, started_at) where outcome in ('delivered', 'outdated')",
    `create table answer_limit (
      branch_id ${text} primary key,
      promos ${int},
      amount_minor ${int},
      updated_by ${text} not null,
      updated_at ${int} not null
    )`,
    `create table answer_budget (
      branch_id ${text} not null,
      month ${int} not null,
      used_promos ${int} not null,
      used_minor ${int} not null,
      primary key (branch_id, month)
    )`,
    `create table answer_cool_down (
      customer_id ${text} primary key,
      answer_id ${text} not null,
      since ${int} not null,
      until ${int} not null
    )`,
    "create index answer_cool_down_answer on answer_cool_down (answer_id)",
    `create table answer_template (
      id ${text} primary key,
      name ${text} not null,
      language ${text} not null,
      text ${text} not null,
      stars_from ${int} not null,
      stars_to ${int} not null,
      topics ${text} not null,
      updated_by ${text} not null,
      updated_at ${int} not null
    )`,
    `create table answer_place (
      source ${text} not null,
      place_id ${text} not null,
      is_subscribed ${int} not null,
      changed_at ${int} not null,
      changed_by ${text},
      primary key (source, place_id)
    )`,
  ],
};
