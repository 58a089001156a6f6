// Makes every property start from the seed that the environment names, so that a long run can be repeated and a mutant meets
// the same carts as the next one.
import fc from "fast-check";

const seed = Number(process.env["PRILAVOK_PROPERTY_SEED"] ?? "");
if (Number.isInteger(seed) && seed !== 0) fc.configureGlobal({ seed });
