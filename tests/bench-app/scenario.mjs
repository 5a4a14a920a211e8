// Systems that keep many messages in flight: a client calls chains of services at once, each leg of each call takes
// 300 ms, and a part of the calls is lost, fails or is repeated.

const LEG = 0.3;

/**
 * A system of `chains` of `length` services each, with about `inFlight` messages on their way at any time once it has
 * run for as long as a request takes.
 */
export function scenario(inFlight, chains, length) {
  const id = (chain, place) => `s-${chain}-${place}`;
  const services = [{ id: "web", name: "Web application", kind: "client", position: [-260, chains * 80] }];
  const links = [];
  for (let chain = 0; chain < chains; chain++) {
    for (let place = 0; place < length; place++) {
      const odd = (chain + place) % 5 === 0;
      services.push({
        id: id(chain, place), name: `Service ${chain + 1}.${place + 1}`, position: [place * 290, chain * 175],
        workers: null, queue: null, work: "1ms", failure_rate: odd ? 0.05 : 0, threads: "async",
      });
      links.push({
        from: place === 0 ? "web" : id(chain, place - 1), to: id(chain, place), delay: `${LEG * 1000}ms`, timeout: "10s",
        loss: odd ? 0.02 : 0, optional: true, request_id: chain === 0,
      });
    }
  }
  return {
    format: "callchain/1", title: "Many messages", services, links,
    load: [{ client: "web", poisson: inFlight / (2 * chains * length * LEG) }],
  };
}
