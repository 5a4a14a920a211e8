//! The tables of the guide by card: the ids of its texts, the source of its rule, the defaults of the format, and presets
//! with the defaults of libraries. The address in each preset is the source of its figures; the tests of [`super`]
//! compare them with a second table of these figures.

use super::{CardHelp, DefaultValue, FieldHelp, Preset, Source};
use crate::id;
use crate::time::Span;

/// All cards that have help.
pub(super) const CARDS: &[CardHelp] = &[
    CardHelp {
        card: id!("card-timeout"),
        about: id!("guide-timeout"),
        more: &[id!("guide-timeout-more-1"), id!("guide-timeout-more-2")],
        source: Some(Source {
            name: "Amazon Builders' Library: Timeouts, retries, and backoff with jitter",
            address: "https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/",
        }),
        fields: &[FieldHelp {
            field: id!("field-timeout"),
            default: Some(DefaultValue::Words(id!("option-none"))),
            range: None,
        }],
        presets: &[
            Preset {
                name: "Resilience4j",
                not_modelled: Some(id!("preset-timeout-resilience4j")),
                address: "https://github.com/resilience4j/resilience4j/blob/master/resilience4j-timelimiter/src/main/java/io/github/resilience4j/timelimiter/TimeLimiterConfig.java",
                settings: r#"{"timeout": "1s"}"#,
            },
            Preset {
                name: "Polly 8",
                not_modelled: Some(id!("preset-timeout-polly-8")),
                address: "https://www.pollydocs.org/strategies/timeout",
                settings: r#"{"timeout": "30s"}"#,
            },
        ],
    },
    CardHelp {
        card: id!("card-retry"),
        about: id!("guide-retry"),
        more: &[id!("guide-retry-more-1"), id!("guide-retry-more-2"), id!("guide-retry-more-3")],
        source: Some(Source {
            name: "Exponential Backoff And Jitter, AWS Architecture Blog",
            address: "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/",
        }),
        fields: &[
            FieldHelp {
                field: id!("field-attempts"),
                default: Some(DefaultValue::Number(3.0)),
                range: Some(id!("range-at-least-1")),
            },
            FieldHelp {
                field: id!("field-backoff"),
                default: Some(DefaultValue::Words(id!("option-none"))),
                range: None,
            },
            FieldHelp { field: id!("field-first-wait"), default: None, range: None },
            FieldHelp {
                field: id!("field-backoff-factor"),
                default: Some(DefaultValue::Number(2.0)),
                range: Some(id!("range-at-least-1")),
            },
            FieldHelp {
                field: id!("field-longest-wait"),
                default: Some(DefaultValue::Words(id!("default-no-limit"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-jitter"),
                default: Some(DefaultValue::Words(id!("option-none"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-retry-on"),
                default: Some(DefaultValue::Words(id!("default-retried-outcomes"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-retry-unsafe"),
                default: Some(DefaultValue::Words(id!("default-off"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-retry-budget"),
                default: Some(DefaultValue::Words(id!("option-none"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-budget-ratio"),
                default: Some(DefaultValue::Number(0.2)),
                range: Some(id!("range-0-1000")),
            },
            FieldHelp { field: id!("field-budget-minimum"), default: Some(DefaultValue::Number(10.0)), range: None },
            FieldHelp {
                field: id!("field-budget-window"),
                default: Some(DefaultValue::Duration(Span::secs(10))),
                range: None,
            },
            FieldHelp { field: id!("field-budget-tokens"), default: None, range: Some(id!("range-1-1000")) },
            FieldHelp { field: id!("field-budget-token-ratio"), default: None, range: Some(id!("range-above-0")) },
        ],
        presets: &[
            Preset {
                name: "Resilience4j",
                not_modelled: Some(id!("preset-retry-resilience4j")),
                address: "https://resilience4j.readme.io/docs/retry",
                settings: r#"{"retry": {"max_attempts": 3, "backoff": {"constant": "500ms"}, "unsafe": true, "on": ["error", "refused", "shed", "rate_limited", "timeout", "deadline_exceeded", "breaker_open", "bulkhead_full", "conflict"]}}"#,
            },
            Preset {
                name: "Polly 8",
                not_modelled: Some(id!("preset-retry-polly-8")),
                address: "https://www.pollydocs.org/strategies/retry",
                settings: r#"{"retry": {"max_attempts": 4, "backoff": {"constant": "2s"}, "unsafe": true, "on": ["error", "refused", "shed", "rate_limited", "timeout", "deadline_exceeded", "breaker_open", "bulkhead_full", "conflict"]}}"#,
            },
            Preset {
                name: "gRPC, example of A6",
                not_modelled: Some(id!("preset-retry-grpc")),
                address: "https://github.com/grpc/proposal/blob/master/A6-client-retries.md",
                settings: r#"{"retry": {"max_attempts": 4, "backoff": {"exponential": {"base": "100ms", "factor": 2, "max": "1s"}}, "on": ["refused", "shed"], "unsafe": true, "budget": {"max_tokens": 10, "token_ratio": 0.1}}}"#,
            },
            Preset {
                name: "Envoy, retry on 5xx",
                not_modelled: Some(id!("preset-retry-envoy")),
                address: "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter",
                settings: r#"{"retry": {"max_attempts": 2, "backoff": {"exponential": {"base": "25ms", "factor": 2, "max": "250ms"}}, "jitter": "full", "on": ["error", "refused", "shed", "timeout"], "unsafe": true}}"#,
            },
            Preset {
                name: "AWS SDK, standard, before 2026",
                not_modelled: Some(id!("preset-retry-aws-sdk")),
                address: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
                settings: r#"{"retry": {"max_attempts": 3, "backoff": {"exponential": {"base": "1s", "factor": 2, "max": "20s"}}, "jitter": "full", "on": ["error", "refused", "shed", "rate_limited", "timeout"], "unsafe": true}}"#,
            },
            Preset {
                name: "Finagle",
                not_modelled: Some(id!("preset-retry-finagle")),
                address: "https://twitter.github.io/finagle/guide/Clients.html",
                settings: r#"{"retry": {"max_attempts": 3, "on": ["refused", "shed"], "unsafe": true, "budget": {"ratio": 0.2, "min_per_second": 10, "window": "10s"}}}"#,
            },
        ],
    },
    CardHelp {
        card: id!("card-request-id"),
        about: id!("guide-request-id"),
        more: &[id!("guide-request-id-more-1")],
        source: Some(Source {
            name: "The Idempotency-Key HTTP Header Field, IETF draft",
            address: "https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/",
        }),
        fields: &[],
        presets: &[],
    },
    CardHelp {
        card: id!("card-breaker"),
        about: id!("guide-breaker"),
        more: &[id!("guide-breaker-more-1"), id!("guide-breaker-more-2")],
        source: Some(Source {
            name: "Resilience4j: CircuitBreaker",
            address: "https://resilience4j.readme.io/docs/circuitbreaker",
        }),
        fields: &[
            FieldHelp {
                field: id!("field-breaker-trip"),
                default: Some(DefaultValue::Words(id!("option-trip-calls"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-breaker-window"),
                default: Some(DefaultValue::Number(100.0)),
                range: Some(id!("range-window")),
            },
            FieldHelp {
                field: id!("field-minimum-calls"),
                default: Some(DefaultValue::Words(id!("default-minimum-calls"))),
                range: None,
            },
            FieldHelp { field: id!("field-breaker-rate"), default: Some(DefaultValue::Number(0.5)), range: None },
            FieldHelp {
                field: id!("field-slow-duration"),
                default: Some(DefaultValue::Duration(Span::secs(60))),
                range: None,
            },
            FieldHelp { field: id!("field-slow-rate"), default: Some(DefaultValue::Number(1.0)), range: None },
            FieldHelp {
                field: id!("field-consecutive-failures"),
                default: Some(DefaultValue::Number(5.0)),
                range: None,
            },
            FieldHelp {
                field: id!("field-open-for"),
                default: Some(DefaultValue::Duration(Span::secs(60))),
                range: None,
            },
            FieldHelp {
                field: id!("field-half-open-calls"),
                default: Some(DefaultValue::Words(id!("default-half-open-calls"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-half-open-max"),
                default: Some(DefaultValue::Words(id!("default-no-limit"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-breaker-automatic"),
                default: Some(DefaultValue::Words(id!("default-off"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-breaker-failures"),
                default: Some(DefaultValue::Words(id!("default-breaker-failures"))),
                range: None,
            },
        ],
        presets: &[
            Preset {
                name: "Resilience4j",
                not_modelled: None,
                address: "https://resilience4j.readme.io/docs/circuitbreaker",
                settings: r#"{"breaker": {"window": {"calls": 100}, "minimum_calls": 100, "failure_rate": 0.5, "slow": {"duration": "60s", "rate": 1}, "open_for": "60s", "half_open_calls": 10}}"#,
            },
            Preset {
                name: "Polly 8",
                not_modelled: Some(id!("preset-breaker-polly-8")),
                address: "https://www.pollydocs.org/strategies/circuit-breaker",
                settings: r#"{"breaker": {"window": {"time": "30s"}, "minimum_calls": 100, "failure_rate": 0.1, "open_for": "5s", "half_open_calls": 1}}"#,
            },
            Preset {
                name: "Envoy, outlier detection",
                not_modelled: Some(id!("preset-breaker-envoy")),
                address: "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/outlier_detection.proto",
                settings: r#"{"breaker": {"consecutive_failures": 5, "open_for": "30s", "half_open_calls": 1}}"#,
            },
            Preset {
                name: "Finagle, failure accrual",
                not_modelled: Some(id!("preset-breaker-finagle")),
                address: "https://twitter.github.io/finagle/guide/Clients.html",
                settings: r#"{"breaker": {"consecutive_failures": 5, "open_for": "5s", "half_open_calls": 1}}"#,
            },
            Preset {
                name: "gobreaker 2",
                not_modelled: None,
                address: "https://github.com/sony/gobreaker",
                settings: r#"{"breaker": {"consecutive_failures": 6, "open_for": "60s", "half_open_calls": 1}}"#,
            },
        ],
    },
    CardHelp {
        card: id!("card-deadline"),
        about: id!("guide-deadline"),
        more: &[id!("guide-deadline-more-1")],
        source: Some(Source { name: "gRPC: Deadlines", address: "https://grpc.io/docs/guides/deadlines/" }),
        fields: &[
            FieldHelp {
                field: id!("field-deadline"),
                default: Some(DefaultValue::Words(id!("default-no-deadline"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-pass-on"),
                default: Some(DefaultValue::Words(id!("default-on"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-reserve"),
                default: Some(DefaultValue::Duration(Span::millis(0))),
                range: None,
            },
            FieldHelp {
                field: id!("field-skip-below"),
                default: Some(DefaultValue::Duration(Span::millis(0))),
                range: None,
            },
        ],
        presets: &[
            Preset {
                name: "gRPC",
                not_modelled: Some(id!("preset-deadline-grpc")),
                address: "https://grpc.io/docs/guides/deadlines/",
                settings: r#"{"deadline": {"pass_on": true}}"#,
            },
            Preset {
                name: "Envoy, route timeout",
                not_modelled: Some(id!("preset-deadline-envoy")),
                address: "https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts",
                settings: r#"{"deadline": {"set": "15s", "pass_on": false}}"#,
            },
        ],
    },
    CardHelp {
        card: id!("card-fallback"),
        about: id!("guide-fallback"),
        more: &[id!("guide-fallback-more-1")],
        source: Some(Source { name: "Polly: Fallback", address: "https://www.pollydocs.org/strategies/fallback" }),
        fields: &[
            FieldHelp { field: id!("field-fallback"), default: None, range: None },
            FieldHelp { field: id!("field-fallback-age"), default: None, range: None },
        ],
        presets: &[],
    },
    CardHelp {
        card: id!("card-bulkhead"),
        about: id!("guide-bulkhead"),
        more: &[id!("guide-bulkhead-more-1")],
        source: Some(Source {
            name: "Resilience4j: Bulkhead",
            address: "https://resilience4j.readme.io/docs/bulkhead",
        }),
        fields: &[
            FieldHelp { field: id!("field-permits"), default: None, range: Some(id!("range-at-least-1")) },
            FieldHelp {
                field: id!("field-permit-wait"),
                default: Some(DefaultValue::Duration(Span::millis(0))),
                range: None,
            },
        ],
        presets: &[
            Preset {
                name: "Resilience4j",
                not_modelled: None,
                address: "https://resilience4j.readme.io/docs/bulkhead",
                settings: r#"{"bulkhead": {"max_concurrent": 25, "max_wait": "0ms"}}"#,
            },
            Preset {
                name: "Polly 8",
                not_modelled: Some(id!("preset-bulkhead-polly-8")),
                address: "https://www.pollydocs.org/strategies/rate-limiter",
                settings: r#"{"bulkhead": {"max_concurrent": 1000, "max_wait": "0ms"}}"#,
            },
            Preset {
                name: "Envoy, circuit breaking",
                not_modelled: Some(id!("preset-bulkhead-envoy")),
                address: "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto",
                settings: r#"{"bulkhead": {"max_concurrent": 1024, "max_wait": "0ms"}}"#,
            },
        ],
    },
    CardHelp {
        card: id!("card-hedge"),
        about: id!("guide-hedge"),
        more: &[id!("guide-hedge-more-1")],
        source: Some(Source {
            name: "Dean and Barroso, The Tail at Scale",
            address: "https://research.google/pubs/the-tail-at-scale/",
        }),
        fields: &[
            FieldHelp { field: id!("field-hedge-after"), default: None, range: None },
            FieldHelp {
                field: id!("field-hedge-max"),
                default: Some(DefaultValue::Number(1.0)),
                range: Some(id!("range-at-least-1")),
            },
        ],
        presets: &[
            Preset {
                name: "Polly 8",
                not_modelled: Some(id!("preset-hedge-polly-8")),
                address: "https://www.pollydocs.org/strategies/hedging",
                settings: r#"{"hedge": {"after": "2s", "max": 1}}"#,
            },
            Preset {
                name: "gRPC, example of A6",
                not_modelled: Some(id!("preset-hedge-grpc")),
                address: "https://github.com/grpc/proposal/blob/master/A6-client-retries.md",
                settings: r#"{"hedge": {"after": "500ms", "max": 3}}"#,
            },
        ],
    },
    CardHelp {
        card: id!("card-ask"),
        about: id!("guide-ask"),
        more: &[id!("guide-ask-more-1")],
        source: Some(Source {
            name: "RFC 9110: Idempotent methods",
            address: "https://www.rfc-editor.org/rfc/rfc9110.html#name-idempotent-methods",
        }),
        fields: &[
            FieldHelp {
                field: id!("field-ask-timeout"),
                default: Some(DefaultValue::Duration(Span::secs(1))),
                range: None,
            },
            FieldHelp {
                field: id!("field-ask-attempts"),
                default: Some(DefaultValue::Number(3.0)),
                range: Some(id!("range-at-least-1")),
            },
        ],
        presets: &[],
    },
    CardHelp {
        card: id!("card-compensate"),
        about: id!("guide-compensate"),
        more: &[id!("guide-compensate-more-1")],
        source: Some(Source { name: "Garcia-Molina and Salem, Sagas", address: "https://doi.org/10.1145/38713.38742" }),
        fields: &[
            FieldHelp { field: id!("field-compensate-unknown"), default: None, range: None },
            FieldHelp { field: id!("field-compensate-later"), default: None, range: None },
        ],
        presets: &[],
    },
    CardHelp {
        card: id!("card-network"),
        about: id!("guide-network"),
        more: &[],
        source: None,
        fields: &[
            FieldHelp {
                field: id!("field-delay"),
                default: Some(DefaultValue::Duration(Span::millis(5))),
                range: None,
            },
            FieldHelp { field: id!("field-loss"), default: Some(DefaultValue::Number(0.0)), range: None },
            FieldHelp {
                field: id!("field-delay-requests"),
                default: Some(DefaultValue::Duration(Span::millis(5))),
                range: None,
            },
            FieldHelp {
                field: id!("field-delay-responses"),
                default: Some(DefaultValue::Duration(Span::millis(5))),
                range: None,
            },
            FieldHelp { field: id!("field-loss-requests"), default: Some(DefaultValue::Number(0.0)), range: None },
            FieldHelp { field: id!("field-loss-responses"), default: Some(DefaultValue::Number(0.0)), range: None },
        ],
        presets: &[],
    },
    CardHelp {
        card: id!("card-call"),
        about: id!("guide-call"),
        more: &[],
        source: None,
        fields: &[
            FieldHelp {
                field: id!("field-method"),
                default: Some(DefaultValue::Words(id!("option-get"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-protocol"),
                default: Some(DefaultValue::Words(id!("option-rest"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-overhead"),
                default: Some(DefaultValue::Duration(Span::millis(0))),
                range: None,
            },
            FieldHelp { field: id!("field-stage"), default: Some(DefaultValue::Number(0.0)), range: None },
            FieldHelp { field: id!("field-probability"), default: Some(DefaultValue::Number(1.0)), range: None },
            FieldHelp {
                field: id!("field-optional"),
                default: Some(DefaultValue::Words(id!("default-off"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-cancel"),
                default: Some(DefaultValue::Words(id!("default-off"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-relationship"),
                default: Some(DefaultValue::Words(id!("option-none"))),
                range: None,
            },
        ],
        presets: &[],
    },
    CardHelp {
        card: id!("card-work"),
        about: id!("guide-work"),
        more: &[],
        source: None,
        fields: &[
            FieldHelp {
                field: id!("field-work-time"),
                default: Some(DefaultValue::Duration(Span::millis(10))),
                range: None,
            },
            FieldHelp { field: id!("field-failure-rate"), default: Some(DefaultValue::Number(0.0)), range: None },
        ],
        presets: &[],
    },
    CardHelp {
        card: id!("card-capacity"),
        about: id!("guide-capacity"),
        more: &[id!("guide-capacity-more-1")],
        source: Some(Source {
            name: "Site Reliability Engineering, chapter 22",
            address: "https://sre.google/sre-book/addressing-cascading-failures/",
        }),
        fields: &[
            FieldHelp {
                field: id!("field-workers"),
                default: Some(DefaultValue::Words(id!("default-workers"))),
                range: Some(id!("range-unlimited")),
            },
            FieldHelp {
                field: id!("field-queue"),
                default: Some(DefaultValue::Number(100.0)),
                range: Some(id!("range-unlimited")),
            },
            FieldHelp {
                field: id!("field-queue-order"),
                default: Some(DefaultValue::Words(id!("option-fifo"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-threads"),
                default: Some(DefaultValue::Words(id!("option-blocking"))),
                range: None,
            },
        ],
        presets: &[],
    },
    CardHelp {
        card: id!("card-rate-limit"),
        about: id!("guide-rate-limit"),
        more: &[id!("guide-rate-limit-more-1")],
        source: Some(Source {
            name: "RFC 6585: 429 Too Many Requests",
            address: "https://www.rfc-editor.org/rfc/rfc6585#section-4",
        }),
        fields: &[
            FieldHelp { field: id!("field-rate"), default: None, range: Some(id!("range-above-0")) },
            FieldHelp {
                field: id!("field-burst"),
                default: Some(DefaultValue::Words(id!("default-burst"))),
                range: None,
            },
        ],
        presets: &[],
    },
    CardHelp {
        card: id!("card-effect"),
        about: id!("guide-effect"),
        more: &[id!("guide-effect-more-1")],
        source: Some(Source {
            name: "RFC 9110: Idempotent methods",
            address: "https://www.rfc-editor.org/rfc/rfc9110.html#name-idempotent-methods",
        }),
        fields: &[FieldHelp {
            field: id!("field-effect"),
            default: Some(DefaultValue::Words(id!("default-nothing"))),
            range: None,
        }],
        presets: &[],
    },
    CardHelp {
        card: id!("card-idempotency"),
        about: id!("guide-idempotency"),
        more: &[id!("guide-idempotency-more-1")],
        source: Some(Source {
            name: "The Idempotency-Key HTTP Header Field, IETF draft",
            address: "https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/",
        }),
        fields: &[FieldHelp {
            field: id!("field-keeps-ids"),
            default: Some(DefaultValue::Duration(Span::secs(86400))),
            range: None,
        }],
        presets: &[],
    },
    CardHelp {
        card: id!("card-script"),
        about: id!("guide-script"),
        more: &[],
        source: None,
        fields: &[FieldHelp {
            field: id!("field-script-repeat"),
            default: Some(DefaultValue::Words(id!("option-repeat-last"))),
            range: None,
        }],
        presets: &[],
    },
    CardHelp {
        card: id!("card-load"),
        about: id!("guide-load"),
        more: &[],
        source: None,
        fields: &[
            FieldHelp {
                field: id!("field-think-time"),
                default: Some(DefaultValue::Duration(Span::secs(1))),
                range: None,
            },
            FieldHelp {
                field: id!("field-load-from"),
                default: Some(DefaultValue::Duration(Span::millis(0))),
                range: None,
            },
            FieldHelp {
                field: id!("field-load-until"),
                default: Some(DefaultValue::Words(id!("default-the-end"))),
                range: None,
            },
            FieldHelp {
                field: id!("field-patience"),
                default: Some(DefaultValue::Words(id!("default-forever"))),
                range: None,
            },
            FieldHelp { field: id!("field-asks-again"), default: Some(DefaultValue::Number(0.0)), range: None },
        ],
        presets: &[],
    },
];
