### Imports: notes on what was read.

## Formats

import-format-scenario = a scenario
import-format-mermaid = a Mermaid flowchart
import-format-compose = a docker-compose file
import-format-otlp = traces (OTLP/JSON)
import-format-jaeger = traces (Jaeger JSON)

## Names in the new system

import-title-mermaid = From a flowchart
import-title-compose = From a docker-compose file
import-title-traces = From traces
import-users = Users
import-users-of = Users of { $service }
import-traces-description = Made from { $spans ->
        [one] 1 span
       *[other] { $spans } spans
    } in { $traces ->
        [one] 1 trace
       *[other] { $traces } traces
    }: { $requests ->
        [one] 1 request
       *[other] { $requests } requests
    } from outside.

## Places, and parts of notes

import-line = line { $line }
import-names-and-more = { $names } and { $more } more
import-more-notes = { $count ->
    [one] 1 more remark.
   *[other] { $count } more remarks.
}
# A mistake in a scenario file or in JSON: these are in English.
import-mistake = { $text }

## Texts that are refused

import-unknown = This is neither a scenario nor a Mermaid flowchart, a docker-compose file, or traces (OTLP/JSON or Jaeger JSON).
import-too-large = Too large for { $format }: { $bytes } bytes, but at most { $most } are read.
import-no-service = Read as { $format }, but there is no service in it.
import-no-span = Read as { $format }, but there is no span in it.

## Any format

import-too-many-services = “{ $name }” was left out: a system has at most { $most } services.
import-too-many-links = A call of “{ $name }” was left out: a system has at most { $most } links.
import-calls-itself = A call of “{ $name }” was left out: a service does not call itself.
import-circle = The call from “{ $from }” to “{ $to }” was left out: it closes a circle, and a request would never end.
import-users-added = Nobody calls { $services }, so the client “{ $client }” was added. It calls { $count ->
        [one] this service
       *[other] them all
    }, with { $rate } requests a second.
import-no-room-for-users = Nobody calls { $services }, and there is no room for a client in front.

## Flowcharts

import-no-flowchart = There is no flowchart in this text.
import-more-flowcharts = { $count ->
    [one] Only the first flowchart was read. 1 more was left out.
   *[other] Only the first flowchart was read. { $count } more were left out.
}
import-statement = “{ $text }” was left out: { $reason }.
import-statement-end = no subgraph is open
import-statement-neither = this is neither a node nor a link
import-statement-node = a node is missing
import-statement-brace = the closing “{ "}" }” is missing
import-statement-shape = its shape is not closed
import-statement-bar = the second “|” is missing
import-statement-link = the link has no end
import-subgraph-open = A subgraph has no “end”. It ends with the text.
import-subgraph-left-out = A subgraph was left out: it has no title, or there are too many.
import-subgraph-linked = “{ $name }” was left out: a subgraph becomes a team, which makes no calls.
import-two-arrows = A link with two arrows was read as a call from left to right.
import-link-text = The text “{ $text }” of a link is not used.
import-unused = { $count ->
    [one] Not used: { $what }.
   *[other] Not used: { $what }, { $count } times.
}
import-animations = animations
import-classes = classes
import-invisible-links = invisible links
import-pages = links to pages
import-styles = styles

## docker-compose files

import-no-services = There are no “services” in this file.
import-include = “include” was not followed: it names another file.
import-empty = “{ $name }” was taken over, but there is nothing to read in it.
import-profiles = “{ $name }” has profiles. It was taken over nevertheless.
import-extends = “{ $name }” extends another service. This was not followed.
import-waits-for-end = “{ $name }” waits for “{ $other }” to end. This was left out: it is not a call.
import-depends-on = “depends_on” was left out: it is neither a list nor a map of services.
import-no-such-service = A call was left out: there is no service “{ $name }”.
import-replicas = { $replicas } replicas of “{ $name }” became { $workers } workers, { $each } each.
import-replicas-unread = The number of replicas of “{ $name }” cannot be read. It was taken over as one.
import-images = An image says nothing about work and workers, so these services have the defaults: { $images }.
import-unused-keys = Not used, here and below: { $keys }. They have no meaning in a system.
import-order = “depends_on” says which service starts first. It was read as which service calls which: check whether that is true.
import-idle = Nobody calls { $services }, and no ports are published there: no requests arrive.
import-not-yaml = This is not YAML: { $reason }.
import-yaml-nothing = there is nothing in it
import-yaml-own-anchor = an alias stands within its own anchor
import-yaml-too-deep = too many lists and maps within each other
import-yaml-too-many = too many nodes, aliases and merged keys

## Traces

import-line-left-out = This line was left out: { $reason }.
import-no-service-name = There is no service.name, so the service is called “{ $name }”.
import-field-missing = A span was left out: it has no { $field }.
import-not-nanoseconds = A span was left out: { $field } is { $found }, not a number of nanoseconds.
import-not-microseconds = A span was left out: { $field } is { $found }, not a number of microseconds.
import-too-long = A span was left out: its duration is too long.
import-no-process = A span was left out: there is no process with a serviceName.
import-ends-early = A span was left out: “{ $span }” ends before it begins.
import-same-id = { $count ->
    [one] 1 span was left out: it has the id of another one.
   *[other] { $count } spans were left out: they have the ids of others.
}
import-messages = { $count ->
    [one] 1 span of a message was left out: nobody waits for messages (producer, consumer).
   *[other] { $count } spans of messages were left out: nobody waits for messages (producer, consumer).
}
import-torn = { $count ->
    [one] 1 span was left out: the request around it was not recorded.
   *[other] { $count } spans were left out: the requests around them were not recorded.
}
import-unknown-callee = { $count ->
    [one] 1 call counts as work: its callee is unknown (no peer, no span there).
   *[other] { $count } calls count as work: their callees are unknown (no peer, no span there).
}
import-without-requests = Left out, because they have no requests: { $services }.
import-at-once = “{ $service }” had { $requests } requests at once, so it has as many workers.
import-turned-away = “{ $service }” turned { $count ->
        [one] 1 request
       *[other] { $count } requests
    } away (429, 503). This does not count as failures: set its queue or its rate limit.
import-external = “{ $service }” has no spans of its own, so it is an external service. Nine tenths of the time of its calls count as work.
import-one-side = Only one side of { $from } → { $to } was recorded, so the delay is the default, { $delay } each way.
import-repeated = { $from } → { $to } has { $calls } calls a request. They were read as one, because a link is one call.
import-rate-assumed = There are too few requests from outside to measure a rate, so it is { $rate } a second in all.
import-outside = “{ $service }” gets requests from outside. The client “{ $client }” sends them.
import-outside-no-room = “{ $service }” gets requests from outside, and there is no room for a client in front.
