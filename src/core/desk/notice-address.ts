// What may stand as the address of a destination: one chat, one mailbox, one endpoint, and nothing that could be two.

/** True for what may be a chat of Telegram: a number, or the name of a public channel. */
export function isTelegramChat(text: string): boolean {
  return /^-?\d{1,20}$|^@[A-Za-z]\w{3,63}$/.test(text);
}

/** True for one mailbox, without a name, a list or a second line. */
export function isMailbox(text: string): boolean {
  return text.length <= 254 && /^[^\s<>()[\]\\,;:"@\p{Cc}]{1,64}@[\p{L}\d-]+(\.[\p{L}\d-]+)+$/u.test(text);
}
