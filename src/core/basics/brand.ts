// A brand makes a plain number or string a type of its own, so that kopecks cannot be passed where points are meant.

declare const brand: unique symbol;

/** `Base` that only the function owning `Name` can make; at run time it is the bare value. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
