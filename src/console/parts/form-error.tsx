// What a form's sending came to when it failed: the problem in words, and the fields that the server names.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { CallFailed } from "../calls.ts";
import { useSay } from "../reader.tsx";
import { problemText } from "./problem-text.ts";

/** Stands above a form's buttons. Null shows nothing. */
export function FormError({ error }: { readonly error: CallFailed | null }): ReactNode {
  const say = useSay();
  if (error === null) return null;
  return (
    <Text c="var(--bad)" size="sm" role="alert">
      {problemText(error, say)}
    </Text>
  );
}
