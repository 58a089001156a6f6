// The cart that benchmarks of the basket send.

/** Twenty lines of the sample world's goods, about 3 kB, as an app sends them. */
export function cartBody(): string {
  const ids = ["880101", "880102", "771200", "450078", "620415", "333900", "501010", "990002", "990003"];
  const items = Array.from({ length: 20 }, (_, index) => ({
    configurationId: ids[index % ids.length],
    privateId: ids[index % ids.length],
    id: ids[index % ids.length],
    name: "Товар из корзины покупателя",
    price: 100,
    quantity: 1 + (index % 3),
    subtotal: 100,
    selected: true,
  }));
  return JSON.stringify({
    items,
    externalUserId: "u-104512",
    promocode: "ОСЕНЬ500",
    city: "Екатеринбург",
    deliveryId: "webhook/courier",
    installId: "c7a2d9e4-31b8-4f60-9d15-5e08a1b6f742",
  });
}
