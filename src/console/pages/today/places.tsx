// Where the person can go: for those whose role shows no numbers of the whole shop.
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { usePlaces } from "../../layout/places.ts";
import { Section } from "../../parts/page-header.tsx";
import { useSay } from "../../reader.tsx";
import { pageRow } from "../registry.ts";

/** The list of pages. */
export function Places(): ReactNode {
  const say = useSay();
  const places = usePlaces().filter((id) => id !== "home");
  return (
    <Section title={say("home.places")}>
      <ul>
        {places.map((id) => (
          <li key={id}>
            <Anchor component={Link} href={pageRow(id).path}>
              {say(`pages.${id}`)}
            </Anchor>
          </li>
        ))}
      </ul>
    </Section>
  );
}
