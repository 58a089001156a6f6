// Shapes of what is coming, in its size, so that nothing jumps when it arrives.
import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";

/** A page on its way. */
export function PageSkeleton(): ReactNode {
  return (
    <div aria-hidden>
      <Skeleton height={28} width={220} radius="sm" />
      <Skeleton height={14} width={340} mt={12} radius="sm" />
      <ListSkeleton rows={8} />
    </div>
  );
}

/** A list on its way; `rows` of the usual height. */
export function ListSkeleton({ rows = 6 }: { readonly rows?: number }): ReactNode {
  return (
    <div aria-hidden>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <Skeleton key={row} height={14} width={`${92 - ((row * 17) % 38)}%`} mt={22} radius="sm" />
      ))}
    </div>
  );
}
