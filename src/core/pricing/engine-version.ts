// The engine's version, kept with every stored quote.

/** Raised by every change after which the same cart, rules, facts and instant may give another quote. */
export const ENGINE_VERSION = "7";
