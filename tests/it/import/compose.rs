//! docker-compose files.

use super::{open, real, refused, shown};
use expect_test::expect;

#[test]
fn the_examples_of_docker_become_systems() {
    let systems: Vec<String> =
        ["compose-nginx-golang-postgres.yaml", "compose-react-express-mysql.yaml", "compose-voting-app.yml"]
            .into_iter()
            .map(|name| shown(&open(real(name))))
            .collect();
    expect![[r#"
        From a docker-compose file
        Service backend
        Service db
        Service proxy
        Client users “Users”
        backend -> db GET
        proxy -> backend GET
        users -> proxy GET
        users sends 30 a second
        ! An image says nothing about work and workers, so these services have the defaults: postgres (db), nginx (proxy).
        ! line 4: Not used, here and below: build, environment, expose, healthcheck, restart, secrets, user, volumes. They have no meaning in a system.
        ! “depends_on” says which service starts first. It was read as which service calls which: check whether that is true.
        ! Nobody calls proxy, so the client “Users” was added. It calls this service, with 30 requests a second.

        From a docker-compose file
        Service backend
        Service db
        Service frontend
        Client users “Users”
        backend -> db GET
        frontend -> backend GET
        users -> frontend GET
        users sends 30 a second
        ! An image says nothing about work and workers, so these services have the defaults: mariadb:10.6.4-focal (db).
        ! line 4: Not used, here and below: build, command, environment, networks, restart, secrets, volumes. They have no meaning in a system.
        ! “depends_on” says which service starts first. It was read as which service calls which: check whether that is true.
        ! Nobody calls frontend, so the client “Users” was added. It calls this service, with 30 requests a second.

        From a docker-compose file
        Service votes
        Service result
        Service worker
        Service redis
        Service db
        Client users “Users”
        users -> votes GET
        users -> result GET
        users -> redis GET
        users sends 30 a second
        ! An image says nothing about work and workers, so these services have the defaults: redis:alpine (redis), postgres:9.4 (db).
        ! line 5: Not used, here and below: build, command, container_name, networks, volumes. They have no meaning in a system.
        ! Nobody calls worker, db, and no ports are published there: no requests arrive.
        ! Nobody calls votes, result, redis, so the client “Users” was added. It calls them all, with 30 requests a second.
    "#]]
    .assert_eq(&systems.join("\n"));
}

#[test]
fn dependencies_are_calls_and_others_have_a_note() {
    let text = "\
name: Shop
x-usual: &usual
  restart: always
  depends_on: [db]
services:
  web:
    <<: *usual
    ports: [\"80:80\"]
    depends_on:
      orders:
        condition: service_healthy
      migrate:
        condition: service_completed_successfully
      ads:
        condition: service_started
        required: false
      nobody: {}
  orders:
    <<: *usual
    deploy:
      replicas: 3
  ads:
    profiles: [extra]
    external_links:
      - partner:p
  migrate:
    <<: *usual
    deploy: { replicas: none }
  db:
    image: postgres:16
    links:
      - \"orders\"
  odd: just a text
include:
  - other.yaml
";
    expect![[r#"
        Shop
        Service web
        Service orders
        Service ads
        Service migrate
        Service db
        Service odd
        External partner
        Client users “Users”
        web -> orders GET
        web -> ads GET optional
        orders -> db GET
        ads -> partner GET
        migrate -> db GET
        users -> web GET
        users -> migrate GET
        users sends 30 a second
        ! line 35: “include” was not followed: it names another file.
        ! line 13: “web” waits for “migrate” to end. This was left out: it is not a call.
        ! line 17: A call was left out: there is no service “nobody”.
        ! line 21: 3 replicas of “orders” became 48 workers, 16 each.
        ! line 23: “ads” has profiles. It was taken over nevertheless.
        ! line 28: The number of replicas of “migrate” cannot be read. It was taken over as one.
        ! line 33: “odd” was taken over, but there is nothing to read in it.
        ! An image says nothing about work and workers, so these services have the defaults: postgres:16 (db).
        ! line 2: Not used, here and below: restart, x-usual. They have no meaning in a system.
        ! “depends_on” says which service starts first. It was read as which service calls which: check whether that is true.
        ! line 32: The call from “db” to “orders” was left out: it closes a circle, and a request would never end.
        ! Nobody calls odd, and no ports are published there: no requests arrive.
        ! Nobody calls web, migrate, so the client “Users” was added. It calls them all, with 30 requests a second.
    "#]]
    .assert_eq(&shown(&open(text)));
}

#[test]
fn replicas_multiply_the_workers() {
    let imported = open("services:\n  a:\n    deploy:\n      replicas: 4\n  b:\n    scale: 2\n");
    let workers: Vec<_> = imported.scenario.services.iter().take(2).map(|service| service.workers).collect();
    assert_eq!(workers, [Some(64), Some(32)]);
}

#[test]
fn a_text_that_is_not_a_compose_file_is_refused_with_its_line() {
    assert!(
        refused("services:\n  a: [1\n  b: 2\n").starts_with("line "),
        "{}",
        refused("services:\n  a: [1\n  b: 2\n")
    );
    assert!(refused("services:\n").contains("there is no service in it"));
    assert!(refused("services:\n- a\n").contains("there is no service in it"));
    assert!(refused("services:\n\ta: b\n").starts_with("line 2: This is not YAML: tabs"));
}
