// Destinations, alert rules and notes on the trend of the small world.
import type { ApiUnderTest } from "./api.ts";

/** Makes some of each; gives their ids by the name of the parameter that takes them. */
export async function fillNotices(api: ApiUnderTest): Promise<[string, string][]> {
  const made: [string, string][] = [];
  for (const address of ["1", "2", "3", "4", "5", "6", "7", "8"]) {
    const body = {
      kind: "telegram",
      address,
      label: "",
      language: "en",
      gets: ["items"],
      quiet: null,
      zone: null,
      isOn: true,
    };
    made.push(["destinationId", (await api.call("POST", "/api/v1/desk/destinations", { body })).json().id]);
    const rule = { name: `Low ${address}`, filter: "rating:1..2", destinations: [], isOn: true };
    const note = { day: "2026-11-02", text: `Menu ${address}` };
    made.push(["noteId", (await api.call("POST", "/api/v1/desk/trend-notes", { body: note })).json().id]);
    made.push(["ruleId", (await api.call("POST", "/api/v1/desk/alert-rules", { body: rule })).json().id]);
  }
  return made;
}
