// The one-time link of a person: made, shown once, handed over.
import { type ReactNode, useState } from "react";
import { peopleCalls } from "../../../contract/index.ts";
import { useChange } from "../../api.ts";
import { OnceSecret } from "../../parts/once-secret.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import type { Person } from "./person-state.tsx";

/** Makes links; `dialog` stands somewhere on the page and shows the one that was made. */
export function usePersonLink(): {
  readonly make: (person: Person, dropsSecondFactor: boolean) => void;
  readonly dialog: ReactNode;
  readonly isMaking: boolean;
} {
  const { say } = useReader();
  const { tellFailure } = useToasts();
  const [made, setMade] = useState<{ readonly name: string; readonly address: string } | null>(null);
  const link = useChange(peopleCalls.createPersonLink);
  const make = (person: Person, dropsSecondFactor: boolean): void => {
    link.mutate(
      { params: { personId: person.id }, body: dropsSecondFactor ? { dropsSecondFactor } : {} },
      {
        onSuccess: (answer) =>
          setMade({ name: person.name, address: new URL(answer.path, window.location.origin).href }),
        onError: tellFailure,
      },
    );
  };
  const dialog = (
    <OnceSecret
      title={say("people.linkTitle", { name: made?.name ?? "" })}
      text={say("people.linkText")}
      values={made === null ? null : [{ label: say("people.link"), value: made.address }]}
      onClose={() => setMade(null)}
    />
  );
  return { make, dialog, isMaking: link.isPending };
}
