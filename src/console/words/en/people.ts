// Words of the pages about people.
import type { Same } from "../../words.ts";
import type { people as ru } from "../ru/people.ts";

/** Texts about people. */
export const people: Same<typeof ru> = {
  role: {
    viewer: "Viewer",
    agent: "Feedback agent",
    branch_manager: "Branch manager",
    marketer: "Marketer",
    loyalty_manager: "Loyalty manager",
    administrator: "Administrator",
  },
};
