// How two spellings of a promo code are found equal: shoppers type codes with any case, width and stray spaces.

/** The code as compared: compatibility forms unified, spaces around dropped, letter case folded (ß and SS are one). */
export function foldCode(code: string): string {
  return code.normalize("NFKC").trim().toUpperCase().toLowerCase().normalize("NFKC");
}
