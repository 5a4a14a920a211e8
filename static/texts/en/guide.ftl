### Help for settings, and presets of libraries.
### guide-CARD is one sentence of at most 110 characters. preset-… says what the library does besides.

## Timeout

guide-timeout = Gives up waiting for one attempt. The callee does not notice.
guide-timeout-more-1 = After a timeout nobody knows whether the callee did the work: it may still be busy, and its answer comes too late.
guide-timeout-more-2 = A timeout must be longer than the callee takes on a bad day, including the callee’s own calls, and shorter than the caller can afford to wait. Without a timeout, a caller waits as long as it takes.
preset-timeout-resilience4j = Its TimeLimiter also cancels the future it waited for.
preset-timeout-polly-8 = It also asks the callback to stop, through its cancellation token.

## Retry

guide-retry = Tries again after a failure, until the attempts are used up.
guide-retry-more-1 = A retry heals failures that are rare and short. It multiplies the load on a service that is down: with three attempts in each of three layers, one request becomes 27 calls at the bottom.
guide-retry-more-2 = Waits grow, so that a callee can recover, and jitter spreads them, so that callers do not come back all at once. For a wait w, full jitter draws from 0 to w, equal from w/2 to w, decorrelated from the first wait to three times the last one.
guide-retry-more-3 = A budget limits the share of retries among all calls of this link. Libraries count attempts differently: Callchain, Resilience4j, gRPC and the AWS SDKs include the first attempt; Polly, Envoy and Finagle do not.
preset-retry-resilience4j = It repeats whatever throws, including a POST. Whether an HTTP error throws depends on the client.
preset-retry-polly-8 = 3 retries are 4 attempts. It repeats whatever throws, including a POST, but no cancellation. Whether an HTTP error throws depends on the client.
preset-retry-grpc = gRPC retries nothing unless configured. Not modelled: ±20 % jitter on each wait, pushback from the server.
preset-retry-envoy = Without retry_on it retries nothing. Not modelled: at most 3 retries of a cluster at the same time.
preset-retry-aws-sdk = Not modelled: the quota of 500 tokens. The rules of 2026, on the same page, start at 50 ms, and at 1 s after throttling.
preset-retry-finagle = It retries at once, and only calls that surely did not run. The limit of 3 attempts is ours: Finagle has only the budget.

## Business request id

guide-request-id = Sends the same id with every attempt, so that the callee can recognise a repeat.
guide-request-id-more-1 = The id belongs to what a user wants done, not to the attempt: a retry, a hedge and a user who asks again all send the same id. It makes a POST safe to repeat, if the callee recognises repeats.

## Circuit breaker

guide-breaker = Stops calling for a while when too many calls fail.
guide-breaker-more-1 = A closed breaker lets all calls through and remembers the latest results. When the share of failures reaches the limit, it opens: calls fail at once, which spares the callee and the caller’s workers. After a while it is half-open: it lets a few trial calls through and then closes or opens, depending on their results.
guide-breaker-more-2 = The rules are those of Resilience4j; for failures in a row, those of gobreaker. Other libraries differ in when they decide, in their trial calls, and in how they count late results.
preset-breaker-polly-8 = It decides only after a failure, and its window has 10 parts of 3 s. Slow calls do not count.
preset-breaker-envoy = It takes one host of many out, longer each time, and takes it back without a trial. What Envoy calls circuit breaking is a bulkhead.
preset-breaker-finagle = Not modelled: it also opens below 80 % successes, and stays open longer each time, up to 300 s, with jitter.

## Deadline

guide-deadline = Limits the time of the whole call, including all retries. Services can pass the rest on.
guide-deadline-more-1 = A timeout limits one attempt and starts anew with the next. A deadline is a point in time: every hop sees how much is left, and does not begin work that cannot finish in time.
preset-deadline-grpc = gRPC sets no deadline by itself. Java and Go pass on what is left; other languages have to ask for it.
preset-deadline-envoy = Envoy tells the callee through the header x-envoy-expected-rq-timeout-ms, which the callee may ignore.

## Fallback

guide-fallback = Answers with something else when the call has failed. The answer is degraded.
guide-fallback-more-1 = A fallback comes last, after all retries. Whether a default, the last good answer or a page with a gap is good enough is a business decision.

## Bulkhead

guide-bulkhead = Limits attempts at the same time, so that one slow callee cannot hold every worker.
guide-bulkhead-more-1 = An attempt that gets no permit fails at once, or waits a little for one. A bulkhead limits how many wait, not how often you call: a slow callee fills it, a fast one never does.
preset-bulkhead-polly-8 = Its queue, which you can set as well, is limited by a number and not by time.
preset-bulkhead-envoy = It covers all callers of a cluster together, and counts requests that wait for a connection separately (also 1024).

## Hedging

guide-hedge = Sends a second attempt when the first is slow. The first answer wins.
guide-hedge-more-1 = Hedging shortens the slowest answers for a little extra load: after the 95th percentile it costs about 5 % more calls. When everything is slow, it doubles the load.
preset-hedge-polly-8 = It also sends the next attempt as soon as one fails.
preset-hedge-grpc = 4 attempts are 3 further ones. It also sends the next attempt as soon as one fails with a status that is not final.

## Ask what happened

guide-ask = After an unknown outcome, asks with the business request id whether the call was carried out.
guide-ask-more-1 = After a timeout there are three possibilities: not started, still running, done. A safe query can tell them apart if the callee keeps a record of ids. The query can get lost, too.

## Compensate

guide-compensate = Undoes the callee’s work with a reversing call that carries the business request id.
guide-compensate-more-1 = Services of several teams share no transaction. Work stays done until somebody reverses it, and everybody can see it in the meantime.

## Network

guide-network = How long a message travels, and how many get lost.

## Call

guide-call = What this link calls, and when. Calls of one stage run in parallel, one stage after another.

## Work

guide-work = How long the service works on a request, without its own calls, and how often it fails.

## Capacity

guide-capacity = How many requests it serves at once, and how many may wait. It sheds the rest: it refuses them at once.
guide-capacity-more-1 = A worker that waits for a call is blocked, unless threads are asynchronous. A queue longer than the caller’s timeout produces only answers that nobody waits for.

## Rate limit

guide-rate-limit = Answers requests above this rate with 429.
guide-rate-limit-more-1 = A token bucket: it holds the burst and fills at the rate, and each request takes one token. No request waits for a token.

## Effect

guide-effect = The work changes the world: each execution writes an entry into the ledger.
guide-effect-more-1 = If the work for one request runs twice, that is a duplicate: for example, money moves twice.

## Recognises repeats

guide-idempotency = Stores business request ids, and answers a repeated one from the store.
guide-idempotency-more-1 = A repeat of a request that is still running gets a conflict, 409. Stripe keeps ids for at least 24 hours (docs.stripe.com/api/idempotent_requests).

## Script

guide-script = The answers of the stub, one after the other: how long each takes, and its HTTP status.

## Load

guide-load = When requests start. Users wait for an answer and think before the next request; other loads do not wait.
