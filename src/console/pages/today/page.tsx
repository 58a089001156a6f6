// The home page.
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { usePlaces } from "../../layout/places.ts";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { useReader } from "../../reader.tsx";
import { useMe } from "../../session.tsx";
import { pageRow } from "../registry.ts";

/** The page. */
export default function HomePage(): ReactNode {
  const { say } = useReader();
  const person = useMe();
  const places = usePlaces().filter((id) => id !== "home");
  return (
    <>
      <PageHeader title={say("home.hello", { name: person.name })} />
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
    </>
  );
}
