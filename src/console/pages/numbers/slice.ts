// The slice that the address holds: read by every view, written by the line of conditions.
import { useUrlState } from "../../parts/use-url-state.ts";
import type { Slice } from "./filters.ts";

const FIRST = ["day", "source", "branch", "filter"] as const;
const SECOND = ["day2", "source2", "branch2", "filter2"] as const;

/** A slice and how to change it; every change is a step that Back undoes. */
export type SliceState = readonly [slice: Slice, change: (change: Partial<Slice>) => void];

/** The page's slice. */
export function useSlice(): SliceState {
  const [slice, set] = useUrlState(FIRST);
  return [slice, (change) => set(change, true)];
}

/** The slice that it is compared with. */
export function useSecondSlice(): SliceState {
  const [values, set] = useUrlState(SECOND);
  const slice = {
    day: values.day2,
    source: values.source2,
    branch: values.branch2,
    filter: values.filter2,
  };
  return [
    slice,
    ({ day, source, branch, filter }) =>
      set(
        {
          ...(day === undefined ? {} : { day2: day }),
          ...(source === undefined ? {} : { source2: source }),
          ...(branch === undefined ? {} : { branch2: branch }),
          ...(filter === undefined ? {} : { filter2: filter }),
        },
        true,
      ),
  ];
}
