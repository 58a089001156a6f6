// Whose id, card or phone a text is.
import { customerCalls } from "../../contract/index.ts";
import { call } from "../api.ts";
import { CallFailed } from "../calls.ts";

/** Phones and cards never come into an address, where they would be kept by histories and logs. */
export const LIKE_PHONE_OR_CARD = /^\+?[\d\s()-]{7,}$/;

/** The customer's id; null: nobody's. Throws CallFailed. */
export async function customerNamed(text: string): Promise<string | null> {
  const [id, others] = [{ customerId: text }, { card: text, phone: text }];
  // What it looks like is asked for first.
  for (const names of LIKE_PHONE_OR_CARD.test(text) ? [others, id] : [id, others]) {
    try {
      return (await call(customerCalls.findCustomer, { body: names })).id;
    } catch (error) {
      if (!(error instanceof CallFailed) || error.status !== 404) throw error;
    }
  }
  return null;
}
