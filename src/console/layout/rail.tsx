// The rail: pages by group; a page that the person may not open is not there.
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { GROUPS, pageRow } from "../pages/registry.ts";
import { useReader } from "../reader.tsx";
import { PageIcon, ProductMark } from "./icons.tsx";
import classes from "./layout.module.css";
import { placeOf, usePlaces } from "./places.ts";

/** The rail; `hasName` adds the product's name on top. */
export function Rail({ hasName = false }: { readonly hasName?: boolean }): ReactNode {
  const { say } = useReader();
  const places = usePlaces();
  const [path] = useLocation();
  const current = placeOf(path);
  return (
    <nav aria-label={say("shell.pages")}>
      {hasName && (
        <Link className={classes.name} href="/">
          <ProductMark />
          {say("shell.product")}
        </Link>
      )}
      {GROUPS.map((group) => {
        const inGroup = places.filter((id) => pageRow(id).group === group);
        if (inGroup.length === 0) return null;
        return (
          <div key={group} className={classes.group}>
            <p className={classes.groupName} id={`rail-${group}`}>
              {say(`shell.group.${group}`)}
            </p>
            <ul className={classes.list} aria-labelledby={`rail-${group}`}>
              {inGroup.map((id) => (
                <li key={id}>
                  <Link
                    className={classes.link}
                    href={pageRow(id).path}
                    aria-current={current === id ? "page" : undefined}
                  >
                    <PageIcon id={id} />
                    {say(`pages.${id}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
