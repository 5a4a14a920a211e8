### Wörter auf der Bühne.

## The stage itself

# The name of the whole drawing for screen readers.
stage-system = Das System
stage-empty = Noch leer. Zieh etwas von links herein oder doppelklicke.
# The buttons that change the view.
stage-view = Ansicht
stage-zoom-in = Vergrößern
stage-zoom-out = Verkleinern
stage-fit-everything = Alles zeigen
# On a small button.
stage-fit = alles
stage-minimap = Das ganze System mit einem Rahmen um den sichtbaren Teil
# On touch screens: taps add to the selection until the user presses the button.
stage-select-several = Mehrere auswählen
stage-touch-to-select = Tipp an, was du auswählen willst, oder zieh einen Rahmen.
stage-end-selecting = Fertig
# Beside a wire that is being drawn: where it would end.
stage-wire-to-new = hier ein neuer Dienst
stage-wire-to-another = auf einen anderen Dienst ziehen
# Announced when the keyboard begins a wire.
stage-wire-begun = Verbindung von { $caller }: Geh mit Tab zu einem Dienst und drück die Eingabetaste. Esc bricht ab.
# The choice about a message on its way.
stage-drop-message = Diese Nachricht verwerfen
stage-follow-request = Diese Anfrage verfolgen
stage-faults-of-service = Störungen von { $service }
stage-faults-of-link = Störungen von { $caller } → { $callee }
# Before the trouble of the service or link that is the likely cause of an alert.
stage-likely-cause = vermutliche Ursache:
# Short names of the meters in a box; at most 9 letters.
stage-workers = Worker
stage-queue = Schlange
stage-answers = Antwort
# The card below a service that lists the effects of requests; at most 9 letters.
stage-ledger = Journal

## Was ein Kasten ist: die Zeile unter dem Namen.

stage-third-party = externer Dienst
stage-stub = Stub
stage-service = Dienst
stage-click-to-send = Klick sendet
stage-several-loads = mehrere Lasten
stage-changing-load = wechselnde Last
stage-rate = { $rate }
stage-about = etwa { $rate }
stage-every = 1 alle { $span }
stage-about-every = etwa 1 alle { $span }
stage-requests = { $count ->
    [one] 1 Anfrage
   *[other] { $count } Anfragen
}
stage-users = { $count ->
    [one] 1 Nutzer
   *[other] { $count } Nutzer
}
stage-client-line = { $good } ok · { $latency }

## Störungen.

stage-down = ausgefallen
stage-slower = { $factor }× langsamer
stage-faster = schneller
stage-fails = { $share } Fehler
stage-slower-and-fails = { $slow }, { $share } Fehler
stage-link-cut = unterbrochen
stage-requests-lost = Anfragen verloren
stage-responses-lost = Antworten verloren

## Buchungen.

ledger-empty = noch nichts gebucht
ledger-unknown = { $count } dem Client unbekannt
ledger-booked-once = 1 gebucht, einmal
ledger-each-once = alle einmal gebucht
ledger-booked-each-once = { $count } gebucht, je einmal
ledger-one-twice = 1 Anfrage doppelt
ledger-too-many = { $count } Buchungen zu viel
ledger-brief-empty = leer
ledger-brief-booked = { $count } gebucht
ledger-brief-unknown = { $count }, { $unknown } unklar
ledger-brief-twice = { $count }, { $twice } doppelt
ledger-row = #{ $request }
ledger-row-again = #{ $request } erneut
ledger-row-taken-back = #{ $request } zurück
ledger-row-unknown = #{ $request } unklar

## Verbindungen.

stage-link-failed = { $failed } Fehler
stage-link-rate-failed = { $rate } · { $failed } Fehler

## Plaketten: kurz halten.

badge-down = ausgefallen
badge-lost = Arbeit verloren
badge-queue-full = Schlange voll
badge-failed = gescheitert
badge-rate-limit = Ratenlimit
badge-expired = zu spät
badge-in-progress = in Arbeit
badge-cancelled = abgebrochen
badge-timed-out = Timeout
badge-breaker-open = nicht gesendet
badge-bulkhead-full = kein Platz
badge-no-time = keine Zeit mehr

## Was ein Screenreader von einem Kasten oder einer Verbindung vorliest.

spoken-kind-client = Client
spoken-kind-service = Dienst
spoken-kind-external = externer Dienst
spoken-kind-stub = Stub
spoken-thing = { $name }, { $kind }
spoken-with = { $text }, { $more }
spoken-client = { $sent ->
    [one] 1 Anfrage
   *[other] { $sent } Anfragen
} gesendet, { $pending } offen
spoken-good = die Antworten sind gut
spoken-mixed = ein Teil der Antworten scheitert
spoken-bad = die meisten Antworten scheitern
spoken-ledger = Buchungen: { $sum }
spoken-warnings = { $count ->
    [one] 1 Warnung
   *[other] { $count } Warnungen
}
spoken-link = Verbindung von { $from } zu { $to }
spoken-breaker-open = Circuit Breaker noch { $left } offen
spoken-breaker-half-open = Circuit Breaker halb offen: ½

## Nachrichten unterwegs.

mark-message-request = #{ $request }, Versuch { $attempt }, Anfrage
mark-message-response = #{ $request }, Versuch { $attempt }, Antwort
mark-request = Anfrage #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt }
}
mark-answer = Antwort auf #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt }
}
mark-degraded = eingeschränkte Antwort auf #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt }
}: Ein Teil fehlt oder ist alt
mark-refused = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt },
} abgelehnt: Der Dienst ist ausgefallen
mark-shed = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt },
} abgewiesen: Die Warteschlange ist voll
mark-rate-limited = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt },
} abgewiesen: Ratenlimit erreicht
mark-conflict = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt },
} abgewiesen: Der erste Versuch läuft noch
mark-too-late = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt },
} nicht bearbeitet: Die Deadline war vorbei
mark-error = Fehler für #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt }
}
mark-cancel = #{ $request } ist aufgegeben: aufhören
mark-ask = wurde #{ $request } ausgeführt?
mark-ask-yes = ja, #{ $request } wurde ausgeführt
mark-ask-no = nein, #{ $request } wurde nicht ausgeführt
mark-ask-unknown = zu #{ $request }: noch nicht bekannt
mark-take-back = #{ $request } zurücknehmen
mark-taken-back = #{ $request } ist zurückgenommen
mark-not-taken-back = #{ $request } ließ sich nicht zurücknehmen
mark-lost = { $message }, geht unterwegs verloren
mark-wasted = { $message }, vergeblich: Niemand wartet darauf
mark-times-out = { $message }, Timeout in { $left }
mark-time-left = { $message }, noch { $left } Zeit

## Aufrufer, die warten.

wait-answer = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt },
} wartet auf Antwort: Timeout in { $left }
wait-answers = { $count } warten auf Antworten, erster Timeout in { $left }
wait-backoff = #{ $request } wartet ab: Versuch { $next } in { $left }
wait-backoffs = { $count } warten ab, nächster Versuch in { $left }
wait-permit = #{ $request }{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt },
} wartet auf einen Platz im Bulkhead, höchstens { $left }
wait-permits = { $count } warten auf einen Platz im Bulkhead, der erste Aufruf höchstens { $left }

## Andere Zeichen.

mark-breaker-open = Circuit Breaker offen: Noch { $left } wird nichts gesendet
mark-breaker-half-open = Circuit Breaker halb offen: Einige Probeaufrufe kommen durch
mark-worker-working = ein arbeitender Worker
mark-worker-held = ein blockierter Worker: Die Anfrage wartet auf andere Dienste
mark-worker-wasted = ein vergeblicher Worker: Der Aufrufer hat aufgegeben
mark-worker-free = ein freier Worker
mark-workers-busy = Worker belegt: { $busy }; blasse warten oder arbeiten für niemanden
mark-queue-empty = Warteschlange: Niemand wartet
mark-queue = Warteschlange: { $waiting } warten, { $share } der Plätze sind belegt
mark-answers = { $share } der letzten Antworten waren gut
mark-no-answers = noch keine Antworten
mark-booked = #{ $request } wurde gebucht
mark-booked-again = #{ $request } wurde ein zweites Mal gebucht
mark-booked-taken-back = #{ $request } wurde gebucht und zurückgenommen
mark-booked-unknown = #{ $request } wurde gebucht, aber der Client weiß es nicht
mark-badge-down = { $count } abgelehnt: ausgefallen
mark-badge-lost = { $count } beim Ausfall verloren
mark-badge-queue-full = { $count } abgewiesen: Die Warteschlange ist voll
mark-badge-failed = { $count } gescheitert
mark-badge-rate-limit = { $count } abgewiesen: Ratenlimit erreicht
mark-badge-expired = { $count } nicht bearbeitet: Die Deadline war vorbei
mark-badge-in-progress = { $count } abgewiesen: Der erste Versuch läuft noch
mark-badge-cancelled = { $count } beendet: Der Aufrufer hat aufgegeben
mark-badge-timed-out = { $count } Timeouts: Keine Antwort kam rechtzeitig
mark-badge-breaker-open = { $count } nicht gesendet: Der Circuit Breaker ist offen
mark-badge-bulkhead-full = { $count } nicht gesendet: kein Platz im Bulkhead
mark-badge-no-time = { $count } aufgegeben: Die Zeit reichte nicht mehr

## Ein System als Mermaid-Flussdiagramm: was an einem Pfeil steht.

flowchart-timeout = Timeout { $span }
flowchart-attempts = bis zu { $count } Versuche
flowchart-breaker = Breaker
flowchart-bulkhead = Bulkhead
flowchart-hedge = Hedge
flowchart-deadline = Deadline
flowchart-fallback = Fallback

## Die Länge eines Links, der ein System teilt.

share-length-short = { $characters } Zeichen: passt in eine Chatnachricht und in einen QR-Code.
share-length-dense = { $characters } Zeichen: passt in eine Chatnachricht. Als QR-Code ist er dicht: Geh mit dem Telefon nah heran.
share-length-long = { $characters } Zeichen: Manche Chatprogramme kürzen so lange Links, und der QR-Code ist sehr dicht.
share-length-too-long = { $characters } Zeichen: Manche Chatprogramme kürzen das; sende lieber die Datei. Ein QR-Code fasst höchstens { $most }.

## Die Legende

legend-title = Was die Zeichen bedeuten
legend-request = Anfrage
legend-answer = Antwort
legend-timeout = Timeout
legend-degraded = eingeschränkt
legend-failed = Fehler
legend-lost = verloren
legend-wasted = vergeblich
legend-all = Alle Zeichen
legend-missing = Die Zeichen konnten nicht geladen werden. Prüfe deine Internetverbindung.
