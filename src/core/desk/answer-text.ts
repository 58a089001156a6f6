// What stands in an answer's text that should not: telephone numbers, links, coarse words, promises, somebody else's name.

/** First names that are common among customers; names of this house's own customers are told besides. */
const NAMES: readonly string[] =
  `александр александра алексей алина алиса алла анастасия анатолий андрей анна антон анжела арина артём артем артур
   борис вадим валентин валентина валерия валерий варвара василий виктор виктория виталий владимир владислав вячеслав
   галина георгий глеб григорий дарья денис диана дмитрий ева евгений евгения егор екатерина елена елизавета
   захар зинаида зоя иван игорь илья инна ирина карина кирилл кристина ксения константин лариса леонид лидия лилия
   людмила макар максим маргарита марина мария марк матвей михаил надежда наталья наталия никита николай нина
   оксана олег ольга павел пётр петр полина раиса роман руслан светлана семён семен сергей софия софья станислав степан
   таисия тамара татьяна тимур тимофей ульяна фёдор федор эдуард элина эльвира эмма юлия юрий яна ярослав
   alexander alice andrew anna anthony charles daniel david elena emily emma george helen irina ivan james john
   julia kate maria mary maxim michael natalia nicholas olga paul peter robert sergey sophia thomas victor william`
    .split(/\s+/)
    .filter((name) => name !== "");

const WORD = /[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu;

/** Words of a text in small letters, with ё as е. */
function folded(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е");
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Whose names a text may have. */
export interface KnownNames {
  /** The customer as the marketplace calls them; null: not told. */
  readonly own: string | null;
  /** Other customers, as the marketplace calls them. */
  readonly others: readonly string[];
  /** Texts whose words are no customer's name here: dishes, the outlet. */
  readonly allowed: readonly string[];
}

/** A capitalised first name in the text that is not the customer's; null: there is none. */
export function otherName(text: string, { own, others, allowed }: KnownNames): string | null {
  const fine = new Set([own ?? "", ...allowed].flatMap((one) => wordsOf(one).map(folded)));
  const first = (name: string): string => folded(wordsOf(name)[0] ?? "");
  const names = new Set([...NAMES.map(folded), ...others.map(first).filter((name) => name.length > 2)]);
  for (const word of wordsOf(text)) {
    const isCapital = word[0] !== word[0]?.toLowerCase();
    if (isCapital && names.has(folded(word)) && !fine.has(folded(word))) return word;
  }
  return null;
}

/** Whether a telephone number stands in the text. Numbers of the order itself are none. */
export function hasPhone(text: string, orderNumbers: readonly string[]): boolean {
  const bare = orderNumbers.reduce(
    (rest, number) => (number === "" ? rest : rest.replaceAll(number, " ")),
    text,
  );
  const runs = bare.match(/\+?\d[\d\s().\u2010-\u2015-]{4,}\d/g) ?? [];
  return runs.some((run) => {
    const digits = run.replaceAll(/\D/g, "").length;
    return (digits >= 10 && digits <= 15) || /^\d{3}[\s-]\d{2}[\s-]\d{2}$/.test(run.trim());
  });
}

const LINK =
  /https?:\/\/|\bwww\.|\b(?:t|wa|vk)\.(?:me|com)\b|[\w.+-]+@[\w-]+\.\w+|(?:^|\s)@[a-z\d_]{4,}|[a-zа-яё\d-]+\.(?:ru|su|com|net|org|info|me|io|shop|store|site|online|рф)(?![a-zа-яё\d])/iu;

/** Whether an address of the internet, of a messenger or of e-mail stands in the text. */
export function hasLink(text: string): boolean {
  return LINK.test(text);
}

/** The first word that begins as one of the list does; null: there is none. */
export function coarseWord(text: string, beginnings: readonly string[]): string | null {
  const list = beginnings.map((one) => folded(one.trim())).filter((one) => one !== "");
  return wordsOf(text).find((word) => list.some((beginning) => folded(word).startsWith(beginning))) ?? null;
}

const PROMISE =
  /компенс|возмест|возместим|верн[её]м\s+(?:вам\s+)?(?:деньги|средства|сумму|стоимость)|скидк|промокод|промо-код|купон|в подарок|подарим|бесплатн|начислим|compensat|refund|discount|promo\s?code|voucher|coupon|free of charge|for free|on the house/iu;

/** Whether the text promises something that costs money. */
export function promises(text: string): boolean {
  return PROMISE.test(text);
}

/** The text without what differs from customer to customer: their name, letters' size, spaces and marks. */
export function sameTextKey(text: string, own: string | null): string {
  const names = new Set(wordsOf(own ?? "").map(folded));
  return (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
    .map(folded)
    .filter((word) => !names.has(word))
    .join(" ");
}

/** How long a text is for people: code points, not halves of them. */
export function lengthOf(text: string): number {
  return [...text].length;
}
