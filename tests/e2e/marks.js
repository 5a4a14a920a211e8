// Two systems that between them show every mark of the drawing language within seconds.

/** Everything that can happen to a call. */
export const OUTCOMES = {
  format: "callchain/1",
  title: "Every outcome",
  seed: 3,
  services: [
    { id: "web", kind: "client", position: [0, 0] },
    { id: "gate", workers: 8, queue: 40, work: "50ms", position: [330, -30] },
    { id: "fails", workers: 2, queue: 3, work: "200ms", failure_rate: 0.6, position: [760, -360] },
    { id: "down", position: [760, -190] },
    { id: "limited", rate_limit: { per_second: 0.5, burst: 1 }, position: [760, -20] },
    { id: "full", workers: 1, queue: 0, work: "2s", position: [760, 150] },
    { id: "slow", kind: "external", workers: 1, queue: 4, work: "800ms", position: [760, 320] },
  ],
  links: [
    { from: "web", to: "gate", delay: "200ms", timeout: "4s", deadline: { set: "3s" } },
    { from: "gate", to: "fails", delay: "300ms", timeout: "3s", optional: true, deadline: { reserve: "100ms" },
      breaker: { consecutive_failures: 3, open_for: "2s" }, retry: { max_attempts: 2, backoff: { constant: "500ms" } } },
    { from: "gate", to: "down", delay: "300ms", timeout: "2s", optional: true },
    { from: "gate", to: "limited", delay: "600ms", fallback: "default", bulkhead: { max_concurrent: 1, max_wait: "500ms" } },
    { from: "gate", to: "full", delay: "300ms", timeout: "1s", optional: true, cancel: true },
    { from: "gate", to: "slow", delay: "300ms", loss: { request: 0.3 }, timeout: "1s", optional: true },
  ],
  load: [{ client: "web", constant: 1.2 }],
  faults: [{ at: "0s", service: "down", down: true }],
};

/** Everything that can happen to money. */
export const MONEY = {
  format: "callchain/1",
  title: "Every entry",
  seed: 5,
  services: [
    { id: "actor", kind: "client", position: [0, 0] },
    { id: "shop", workers: 12, work: "20ms", position: [320, -14] },
    { id: "careless", name: "Careless bank", kind: "external", work: "100ms", effect: "transfer", position: [720, -330] },
    { id: "careful", name: "Careful bank", kind: "external", work: "2s", effect: "transfer", idempotency: { ttl: "1h" },
      position: [720, -14] },
  ],
  links: [
    { from: "actor", to: "shop", method: "POST", delay: "150ms", request_id: true, timeout: "6s" },
    { from: "shop", to: "careless", method: "POST", delay: "300ms", request_id: true, loss: { response: 0.5 }, timeout: "1s",
      retry: { max_attempts: 2, backoff: { constant: "300ms" } }, ask: { timeout: "1s", attempts: 1 } },
    { from: "shop", to: "careful", method: "POST", delay: "300ms", request_id: true, timeout: "800ms",
      stage: 1, optional: true, retry: { max_attempts: 2, backoff: { constant: "100ms" }, on: ["timeout"] },
      ask: { timeout: "700ms", attempts: 1 }, compensate: { on: ["unknown"] } },
  ],
  load: [{ client: "actor", constant: 0.8 }],
};
