// What stands around every page: the rail of pages, the bar with search and the person, and the keys of the whole console.
import { Drawer } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useReader } from "../reader.tsx";
import { Bar } from "./bar.tsx";
import classes from "./layout.module.css";
import { Rail } from "./rail.tsx";
import { useShortcuts } from "./shortcuts.ts";

const Palette = lazy(() => import("./palette.tsx"));
const ShortcutSheet = lazy(() => import("./shortcut-sheet.tsx"));

/** The frame of every inner page. */
export function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  const { say } = useReader();
  const [isMenuOpen, menu] = useDisclosure(false);
  const [isPaletteOpen, palette] = useDisclosure(false);
  const [isSheetOpen, sheet] = useDisclosure(false);
  const isNarrow = useMediaQuery("(max-width: 60em)", false, { getInitialValueInEffect: false });
  const [path] = useLocation();
  const hasPalette = useEver(isPaletteOpen);
  const hasSheet = useEver(isSheetOpen);
  useShortcuts({ onPalette: palette.toggle, onSheet: sheet.toggle });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer, whatever opened it.
  useEffect(() => menu.close(), [path]);
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content">
        {say("shell.skip")}
      </a>
      {isNarrow ? (
        <Drawer
          opened={isMenuOpen}
          onClose={menu.close}
          size={280}
          title={say("shell.product")}
          closeButtonProps={{ "aria-label": say("shell.closeMenu") }}
        >
          <Rail />
        </Drawer>
      ) : (
        <div className={classes.rail}>
          <Rail hasName />
        </div>
      )}
      <div className={classes.side}>
        <Bar isNarrow={isNarrow} onMenu={menu.open} onPalette={palette.open} onSheet={sheet.open} />
        <main id="content" className={classes.main} tabIndex={-1}>
          {children}
        </main>
      </div>
      <Suspense>
        {hasPalette && <Palette isOpen={isPaletteOpen} onClose={palette.close} />}
        {hasSheet && <ShortcutSheet isOpen={isSheetOpen} onClose={sheet.close} />}
      </Suspense>
    </div>
  );
}

/** True from the first time on: what was opened once stays mounted, so that it can close gently. */
function useEver(isNow: boolean): boolean {
  const [wasEver, setEver] = useState(isNow);
  if (isNow && !wasEver) setEver(true);
  return wasEver;
}
