// A system that keeps about 2,000 messages in flight over 50 services: a client calls seven chains of seven services at
// once, each leg of each call takes 300 ms, and a part of the calls is lost, fails or is repeated.

export const SERVICES = 50;

/** The scenario, with about `inFlight` messages on their way at any time once it has run for five seconds. */
export function scenario(inFlight) {
  const chains = 7, length = 7, leg = 0.3;
  const id = (chain, place) => `s-${chain}-${place}`;
  const services = [{ id: "web", name: "Web application", kind: "client", position: [-260, 560] }];
  const links = [];
  for (let chain = 0; chain < chains; chain++) {
    for (let place = 0; place < length; place++) {
      const odd = (chain + place) % 5 === 0;
      services.push({
        id: id(chain, place), name: `Service ${chain + 1}.${place + 1}`, position: [place * 290, chain * 175],
        workers: null, queue: null, work: "1ms", failure_rate: odd ? 0.05 : 0, threads: "async",
      });
      links.push({
        from: place === 0 ? "web" : id(chain, place - 1), to: id(chain, place), delay: `${leg * 1000}ms`, timeout: "10s",
        loss: odd ? 0.02 : 0, optional: true, request_id: chain === 0,
      });
    }
  }
  const legs = 2 * chains * length * leg;
  return {
    format: "callchain/1", title: "Many messages", services, links,
    load: [{ client: "web", poisson: Math.round(inFlight / legs) }],
  };
}
