// A large system, as somebody might import one: teams of services in tiers, who call each other.

/** A system of so many services and links, without places. */
export function large(services, links) {
  let state = 20;
  const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const clients = Math.max(1, Math.round(services / 25));
  const tiers = Math.min(9, Math.max(2, Math.round(Math.log2(services))));
  const tier = (i) => (i < clients ? 0 : 1 + Math.floor(((i - clients) * (tiers - 1)) / (services - clients)));
  const id = (i) => `s${i}`;
  const of = (wanted) => [...Array(services).keys()].filter((i) => tier(i) === wanted);
  const byTier = [...Array(tiers).keys()].map(of);
  const any = (list) => list[Math.floor(chance() * list.length)];
  const all = new Map();
  const add = (from, to) => from !== to && to >= clients && all.set(`${from} ${to}`, [from, to]);
  for (let i = clients; i < services; i++) add(any(byTier[tier(i) - 1]), i);
  for (let tries = 0; all.size < links && tries < 50 * links; tries++) {
    const from = Math.floor(chance() * services);
    // Most calls go to the next tier, some farther, few back.
    const step = chance() < 0.75 ? 1 : chance() < 0.8 ? 2 : -1;
    const there = byTier[tier(from) + step];
    if (there?.length) add(from, any(there));
  }
  return {
    format: "callchain/1",
    title: `${services} services`,
    services: [...Array(services).keys()].map((i) =>
      i < clients
        ? { id: id(i), name: `Client ${i + 1}`, kind: "client" }
        : { id: id(i), name: `Service ${i + 1 - clients}`, workers: 8, queue: 50, work: "5ms" }),
    links: [...all.values()].map(([from, to]) => ({ from: id(from), to: id(to), delay: "20ms", timeout: "2s", optional: true, probability: 0.2 })),
    load: [...Array(clients).keys()].map((i) => ({ client: id(i), poisson: 5 })),
  };
}
