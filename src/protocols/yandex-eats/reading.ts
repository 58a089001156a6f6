// From the bytes of a delivery to feedback or problems, by the rules of the face's mode.
import { CODE, MOST_PROBLEMS, type Problem } from "./errors.ts";
import { readJson } from "./json-body.ts";
import { departures } from "./schema.ts";
import { type Translation, translate } from "./translate.ts";

/** The bytes of a delivery as feedback by the mode's rules. */
export function readDelivery(body: Uint8Array, contentType: string | null, isStrict: boolean): Translation {
  const mediaType = contentType?.trim() ?? "";
  if (mediaType !== "" && !/^application\/(?:[^\s;/]+\+)?json\s*(?:;|$)/i.test(mediaType)) {
    return unusable({ code: CODE.mediaType, description: "Content-Type: expected application/json" });
  }
  const json = readJson(body);
  if (json.kind === "malformed") return unusable(json.problem);
  if (!isStrict) return translate(json);
  if (!json.isUtf8) return unusable({ code: CODE.malformedBody, description: "body: not valid UTF-8" });
  const problems = departures(json.value);
  if (problems.length > 0) return { kind: "unusable", problems: problems.slice(0, MOST_PROBLEMS) };
  return translate(json);
}

function unusable(problem: Problem): Translation {
  return { kind: "unusable", problems: [problem] };
}
