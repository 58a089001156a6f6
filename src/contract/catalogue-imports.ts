// What imports of the catalogue changed, offer by offer, and the word against one that is held.
import { Type } from "typebox";
import { Import } from "./catalogue.ts";
import { operation } from "./operation.ts";
import { identifier, input, minor, nullable, oneOf, output, PAGE, pageOf } from "./shape.ts";

const byImport = input({ importId: identifier("Id of the import's record.") });

/** Changes of one import. */
export const listImportChanges = operation({
  id: "listImportChanges",
  method: "GET",
  path: "/catalogue/imports/{importId}/changes",
  tag: "catalogue",
  summary: "List what one of the imports changed, or would change",
  description:
    "One kind at a time, by the offer's id; the first thousand of each kind are kept. How many there were stands in the counts of the import.",
  scope: "catalogue:read",
  params: byImport,
  query: input({
    kind: oneOf(
      ["added", "vanished", "dearer", "cheaper", "changed"],
      "changed: something else than the price.",
    ),
    ...PAGE,
  }),
  status: 200,
  answer: pageOf(
    output(
      {
        offerId: identifier("The offer."),
        name: Type.String({ description: "Its name, as the file has it; of one that is gone, as it was." }),
        beforeMinor: nullable(minor("Price before."), "Null: it was not there."),
        afterMinor: nullable(minor("Price after."), "Null: it is not there any more."),
      },
      { title: "ImportChange" },
    ),
    "ImportChangePage",
  ),
});

/** Drops a held import. */
export const dropImport = operation({
  id: "dropImport",
  method: "POST",
  path: "/catalogue/imports/{importId}/drop",
  tag: "catalogue",
  summary: "Drop an import that is held",
  description: "The catalogue stays as it is. The same file is not taken again by itself until it changes.",
  scope: "catalogue:write",
  params: byImport,
  status: 200,
  answer: Import,
  problems: ["import_not_held"],
});
