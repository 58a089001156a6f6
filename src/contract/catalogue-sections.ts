// What goods are picked by: the tree of categories and the vendors, with how many offers each has.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, nullable, output, PAGE, pageOf } from "./shape.ts";

/** Categories of the catalogue. */
export const listCategories = operation({
  id: "listCategories",
  method: "GET",
  path: "/catalogue/categories",
  tag: "catalogue",
  summary: "Read the tree of categories",
  description: "The whole of it in one answer, by name; an offer counts in its category and in all above it.",
  scope: "catalogue:read",
  status: 200,
  answer: output(
    {
      items: Type.Array(
        output(
          {
            id: identifier("Id in the feed."),
            parentId: nullable(Type.String(), "The category above; null: it stands at the top."),
            name: Type.String({ description: "Name." }),
            offers: count("Offers that it holds, with those below it."),
          },
          { title: "Category" },
        ),
      ),
    },
    { title: "CategoryTree" },
  ),
});

/** Vendors of the catalogue. */
export const listBrands = operation({
  id: "listBrands",
  method: "GET",
  path: "/catalogue/brands",
  tag: "catalogue",
  summary: "List vendors",
  description: "By name, in pages; a search finds those whose name holds the text, in whatever letters.",
  scope: "catalogue:read",
  query: input({
    query: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: "Part of a name." })),
    ...PAGE,
  }),
  status: 200,
  answer: pageOf(
    output(
      {
        name: identifier("As in the catalogue: what promotions name."),
        offers: count("Offers of the vendor."),
      },
      { title: "Brand" },
    ),
    "BrandPage",
  ),
});
