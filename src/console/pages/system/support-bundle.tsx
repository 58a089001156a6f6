// The bundle for whoever helps: seen first, saved after; what is saved is what was seen.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { systemCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Section } from "../../parts/page-header.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useSay } from "../../reader.tsx";

/** The part of the page. */
export function SupportBundle(): ReactNode {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useCall(systemCalls.getSupportBundle, {}, { isOn: isOpen });
  const text = data === undefined ? null : `${JSON.stringify(data, null, 2)}\n`;
  const save = (): void => {
    if (text === null || data === undefined) return;
    const day = data.madeAt.slice(0, 10);
    saveFile(`prilavok-support-${day}.json`, text, "application/json");
  };
  return (
    <Section
      title={say("system.bundle")}
      about={say("system.bundleAbout")}
      actions={
        isOpen ? (
          <Button disabled={text === null} onClick={save}>
            {say("system.bundleSave")}
          </Button>
        ) : (
          <Button variant="default" onClick={() => setOpen(true)}>
            {say("system.bundlePreview")}
          </Button>
        )
      }
    >
      {isOpen && data === undefined && error === null && <ListSkeleton rows={6} />}
      {isOpen && data === undefined && error !== null && (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {isOpen && text !== null && <JsonView value={text} label={say("system.bundle")} />}
    </Section>
  );
}
