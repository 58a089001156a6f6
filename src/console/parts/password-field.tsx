// A field for a password, with a button that shows it, named in the reader's language.
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useSay } from "../reader.tsx";

/** The library's field with our words. */
export function PasswordField(props: PasswordInputProps): ReactNode {
  const say = useSay();
  return (
    <PasswordInput visibilityToggleButtonProps={{ "aria-label": say("parts.showPassword") }} {...props} />
  );
}
