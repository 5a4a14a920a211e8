### Importe: Hinweise zu dem, was gelesen wurde.

## Formate

import-format-scenario = Szenario
import-format-mermaid = Mermaid-Flussdiagramm
import-format-compose = docker-compose-Datei
import-format-otlp = Traces (OTLP/JSON)
import-format-jaeger = Traces (Jaeger-JSON)

## Namen im neuen System

import-title-mermaid = Aus einem Flussdiagramm
import-title-compose = Aus einer docker-compose-Datei
import-title-traces = Aus Traces
import-users = Nutzer
import-users-of = Nutzer von { $service }
import-traces-description = Entstanden aus { $spans ->
        [one] 1 Span
       *[other] { $spans } Spans
    } in { $traces ->
        [one] 1 Trace
       *[other] { $traces } Traces
    }: { $requests ->
        [one] 1 Anfrage
       *[other] { $requests } Anfragen
    } von außen.

## Stellen und Teile von Hinweisen

import-line = Zeile { $line }
import-names-and-more = { $names } und { $more } weitere
import-more-notes = { $count ->
    [one] 1 weiterer Hinweis.
   *[other] { $count } weitere Hinweise.
}
# Ein Fehler in einer Szenario-Datei oder in JSON: Diese sind englisch.
import-mistake = { $text }

## Abgelehnte Texte

import-unknown = Das ist weder ein Szenario noch ein Mermaid-Flussdiagramm, eine docker-compose-Datei oder Traces (OTLP/JSON oder Jaeger-JSON).
import-too-large = Als { $format } zu groß: { $bytes } Byte, gelesen werden höchstens { $most }.
import-no-service = Gelesen als { $format }, aber ohne einen einzigen Dienst.
import-no-span = Gelesen als { $format }, aber ohne einen einzigen Span.

## Alle Formate

import-too-many-services = „{ $name }“ wurde ausgelassen: Ein System hat höchstens { $most } Dienste.
import-too-many-links = Ein Aufruf von „{ $name }“ wurde ausgelassen: Ein System hat höchstens { $most } Verbindungen.
import-calls-itself = Ein Aufruf von „{ $name }“ wurde ausgelassen: Ein Dienst ruft sich nicht selbst auf.
import-circle = Der Aufruf von „{ $from }“ an „{ $to }“ wurde ausgelassen: Er schließt einen Kreis, und eine Anfrage würde nie enden.
import-users-added = Niemand ruft { $services } auf, deshalb gibt es jetzt den Client „{ $client }“. Er ruft { $count ->
        [one] diesen Dienst
       *[other] alle davon
    } auf, mit { $rate } Anfragen pro Sekunde.
import-no-room-for-users = Niemand ruft { $services } auf, und für einen Client davor ist kein Platz.

## Flussdiagramme

import-no-flowchart = In diesem Text ist kein Flussdiagramm.
import-more-flowcharts = { $count ->
    [one] Nur das erste Flussdiagramm wurde gelesen. 1 weiteres wurde ausgelassen.
   *[other] Nur das erste Flussdiagramm wurde gelesen. { $count } weitere wurden ausgelassen.
}
import-statement = „{ $text }“ wurde ausgelassen: { $reason }.
import-statement-end = Kein Subgraph ist offen
import-statement-neither = Das ist weder ein Knoten noch eine Verbindung
import-statement-node = Hier müsste ein Knoten stehen
import-statement-brace = Die schließende „{ "}" }“ fehlt
import-statement-shape = Die Form ist nicht geschlossen
import-statement-bar = Der zweite „|“ fehlt
import-statement-link = Die Verbindung hat kein Ende
import-subgraph-open = Einem Subgraphen fehlt sein „end“. Er endet mit dem Text.
import-subgraph-left-out = Ein Subgraph wurde ausgelassen: Er hat keinen Titel, oder es sind zu viele.
import-subgraph-linked = „{ $name }“ wurde hier ausgelassen: Ein Subgraph wird zum Team, und das ruft niemanden auf.
import-two-arrows = Eine Verbindung mit zwei Pfeilen gilt als Aufruf von links nach rechts.
import-link-text = Der Text „{ $text }“ einer Verbindung bleibt ungenutzt.
import-unused = { $count ->
    [one] Ungenutzt: { $what }.
   *[other] Ungenutzt: { $what }, { $count }-mal.
}
import-animations = Animationen
import-classes = Klassen
import-invisible-links = unsichtbare Verbindungen
import-pages = Links zu Seiten
import-styles = Stile

## docker-compose-Dateien

import-no-services = In dieser Datei fehlen „services“.
import-include = „include“ bleibt ungenutzt: Es nennt eine andere Datei.
import-empty = „{ $name }“ gehört zum System, enthält aber nichts Lesbares.
import-profiles = „{ $name }“ hat Profile. Der Dienst gehört trotzdem zum System.
import-extends = „{ $name }“ erweitert einen anderen Dienst. Das bleibt unberücksichtigt.
import-waits-for-end = „{ $name }“ wartet auf das Ende von „{ $other }“. Das ist kein Aufruf und wurde ausgelassen.
import-depends-on = „depends_on“ wurde ausgelassen: Es ist weder eine Liste noch eine Zuordnung von Diensten.
import-no-such-service = Ein Aufruf fehlt: Es gibt keinen Dienst „{ $name }“.
import-replicas = Aus { $replicas } Replikaten von „{ $name }“ wurden { $workers } Worker, je { $each }.
import-replicas-unread = Die Zahl der Replikate von „{ $name }“ ist nicht lesbar. Sie gilt als eins.
import-images = Ein Image sagt nichts über Arbeit und Worker, deshalb haben diese Dienste die Standardwerte: { $images }.
import-unused-keys = Ab hier ungenutzt: { $keys }. Sie haben in einem System keine Bedeutung.
import-order = „depends_on“ sagt, welcher Dienst zuerst startet. Hier heißt es, wer wen aufruft: Prüfe, ob das stimmt.
import-idle = Niemand ruft { $services } auf, und dort sind keine Ports veröffentlicht: Es kommen keine Anfragen an.
import-not-yaml = Das ist kein YAML: { $reason }.
import-yaml-nothing = Es steht nichts darin
import-yaml-own-anchor = Ein Alias steht in seinem eigenen Anker
import-yaml-too-deep = Zu viele Listen und Zuordnungen ineinander
import-yaml-too-many = Zu viele Knoten, Aliasse und eingefügte Schlüssel

## Traces

import-line-left-out = Diese Zeile wurde ausgelassen: { $reason }.
import-no-service-name = Ohne service.name heißt der Dienst „{ $name }“.
import-field-missing = Ein Span wurde ausgelassen: Er hat kein { $field }.
import-not-nanoseconds = Ein Span wurde ausgelassen: { $field } ist { $found } und keine Zahl von Nanosekunden.
import-not-microseconds = Ein Span wurde ausgelassen: { $field } ist { $found } und keine Zahl von Mikrosekunden.
import-too-long = Ein Span wurde ausgelassen: Er dauert zu lange.
import-no-process = Ein Span wurde ausgelassen: Es gibt keinen Prozess mit einem serviceName.
import-ends-early = Ein Span wurde ausgelassen: „{ $span }“ endet, bevor er beginnt.
import-same-id = { $count ->
    [one] 1 Span wurde ausgelassen: Er hat die ID eines anderen.
   *[other] { $count } Spans wurden ausgelassen: Sie haben die IDs von anderen.
}
import-messages = { $count ->
    [one] 1 Span einer Nachricht wurde ausgelassen: Auf Nachrichten wartet niemand (Producer, Consumer).
   *[other] { $count } Spans von Nachrichten wurden ausgelassen: Auf Nachrichten wartet niemand (Producer, Consumer).
}
import-torn = { $count ->
    [one] 1 Span wurde ausgelassen: Die Anfrage, zu der er gehört, ist nicht aufgezeichnet.
   *[other] { $count } Spans wurden ausgelassen: Die Anfragen, zu denen sie gehören, sind nicht aufgezeichnet.
}
import-unknown-callee = { $count ->
    [one] 1 Aufruf zählt als Arbeit: Sein Ziel ist unbekannt (kein Peer, kein Span dort).
   *[other] { $count } Aufrufe zählen als Arbeit: Ihre Ziele sind unbekannt (kein Peer, kein Span dort).
}
import-without-requests = Ohne Anfragen und deshalb nicht dabei: { $services }.
import-at-once = „{ $service }“ hatte { $requests } Anfragen gleichzeitig und hat deshalb ebenso viele Worker.
import-turned-away = „{ $service }“ hat { $count ->
        [one] 1 Anfrage
       *[other] { $count } Anfragen
    } abgewiesen (429, 503). Das zählt nicht als Fehler: Stell die Warteschlange oder das Ratenlimit ein.
import-external = „{ $service }“ hat keine eigenen Spans und ist deshalb ein externer Dienst. Neun Zehntel der Zeit seiner Aufrufe zählen als Arbeit.
import-one-side = Nur eine Seite von { $from } → { $to } ist aufgezeichnet, deshalb gilt die übliche Laufzeit, { $delay } je Richtung.
import-repeated = { $from } → { $to } hat { $calls } Aufrufe pro Anfrage. Sie gelten als einer, denn eine Verbindung ist ein Aufruf.
import-rate-assumed = Für eine gemessene Rate kommen zu wenige Anfragen von außen, deshalb sind es zusammen { $rate } pro Sekunde.
import-outside = „{ $service }“ bekommt Anfragen von außen. Der Client „{ $client }“ sendet sie.
import-outside-no-room = „{ $service }“ bekommt Anfragen von außen, und für einen Client davor ist kein Platz.
