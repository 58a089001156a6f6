// A deliberately broken server: it acknowledges a write as soon as it has run, and commits a little later.
import { GroupCommit } from "../../../src/storage/engines/group-commit.ts";

const submit = GroupCommit.prototype.submit;

GroupCommit.prototype.submit = function early<Result>(
  this: GroupCommit,
  isLosable: boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    submit
      .call(this, isLosable, async () => {
        resolve(await work());
        await new Promise((later) => setTimeout(later, 30));
      })
      .catch(reject);
  });
};

await import("../../../src/main.ts");
