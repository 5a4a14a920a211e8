//! Saved scenarios read back unchanged.

use crate::generate;
use crate::scenario_format::SAMPLE;
use callchain::scenario::{check, read, write};
use expect_test::expect;
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_generated_scenario_is_valid(scenario in generate::scenario()) {
        prop_assert_eq!(check::check(&scenario).map(|_| ()), Ok(()));
    }

    #[test]
    fn a_written_scenario_reads_back_as_the_same_scenario(scenario in generate::scenario()) {
        let text = write::write(&scenario);
        prop_assert_eq!(read::read(&text), Ok(scenario), "{}", text);
    }
}

#[test]
fn a_file_is_short_and_in_the_order_of_the_format() {
    let scenario = read::read(SAMPLE).unwrap();
    let text = write::write(&scenario);
    expect![[r#"
        {
          "format": "callchain/1",
          "title": "Bank accounts",
          "description": "…",
          "seed": 7,
          "services": [
            { "id": "web", "name": "Web application", "kind": "client" },
            { "id": "bank-account", "team": "team-a", "position": [320, 160], "workers": 8, "queue": 50,
              "work": {"exponential": "20ms"} },
            { "id": "access-privilege", "workers": 4, "work": "30ms",
              "rate_limit": { "per_second": 100, "burst": 20 }, "effect": "transfer", "idempotency": {} },
            { "id": "partner", "kind": "external", "workers": null },
            { "id": "ledger-stub", "kind": "stub",
              "script": [{ "after": "5ms", "status": 200 }, { "after": "2s", "status": 503 }],
              "repeat": "cycle" }
          ],
          "links": [
            { "from": "web", "to": "bank-account", "timeout": "1.5s" },
            { "from": "bank-account", "to": "access-privilege", "timeout": "500ms",
              "retry": { "max_attempts": 3, "backoff": {"exponential": { "base": "100ms", "max": "1s" }},
                "jitter": "full", "budget": {"ratio": 0.1} }, "breaker": {},
              "bulkhead": {"max_concurrent": 10}, "hedge": {"after": "100ms"}, "deadline": {"set": "1.5s"},
              "fallback": {"cached": {"ttl": "5m"}}, "ask": {},
              "compensate": {"on": ["unknown", "later_failure"]}, "relationship": "customer-supplier" }
          ],
          "load": [
            { "client": "web", "poisson": 50, "until": "1m" }
          ],
          "faults": [
            { "at": "10s", "for": "5s", "service": "access-privilege", "down": true },
            { "at": "20s", "for": "5s", "service": "partner", "slow": 10 },
            { "at": "30s", "for": "5s", "service": "partner", "failing": 0.5 },
            { "at": "40s", "for": "5s", "link": ["bank-account", "access-privilege"], "drop": "both" },
            { "at": "50s", "link": ["bank-account", "access-privilege"], "delay": "2s" }
          ],
          "objectives": [
            { "name": "Overview answers", "client": "web", "success": 0.99 },
            { "name": "Overview is quick", "client": "web", "quantile": 0.95, "within": "1.5s" }
          ],
          "teams": [
            { "id": "team-a", "name": "Team A" }
          ]
        }
    "#]]
    .assert_eq(&text);
    assert_eq!(read::read(&text), Ok(scenario));
}
