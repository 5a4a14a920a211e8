### Einstellungen: Karten, Felder, Auswahl, Einheiten und Vorschläge.

## Karten

card-identity = Identität
card-work = Arbeit
card-capacity = Kapazität
card-rate-limit = Ratenlimit
card-effect = Wirkung
card-idempotency = Erkennt Wiederholungen
card-script = Skript
card-timeout = Timeout
card-retry = Retry
card-request-id = Fachliche Anfrage-ID
card-breaker = Circuit Breaker
card-deadline = Deadline
card-fallback = Fallback
card-bulkhead = Bulkhead
card-hedge = Hedging
card-ask = Nachfragen, was geschah
card-compensate = Kompensieren
card-network = Netzwerk
card-call = Aufruf
card-settings = Einstellungen
card-load = Last
card-hedge-not-idempotent = Hedging gibt es nur für idempotente Aufrufe; dieser ist nicht idempotent.
card-needs-request-id = Ohne fachliche Anfrage-ID weiß der aufgerufene Dienst nicht, welcher Aufruf gemeint ist.

## Zusammenfassungen: neben dem Titel einer Karte

summary-different = verschieden
summary-duration = { $duration }
summary-rate = { $rate }
summary-effect = { $effect }
summary-attempts = { $attempts ->
    [one] 1 Versuch
   *[other] { $attempts } Versuche
}
summary-breaker-rate = ab { $share }
summary-breaker-consecutive = { $failures } in Folge
summary-passed-on = weitergegeben
summary-fallback-default = Standardwert
summary-fallback-cached = letzte gute Antwort
summary-fallback-omit = weggelassen
summary-at-once = { $permits } gleichzeitig
summary-after = nach { $duration }
summary-times = { $times ->
    [one] einmal
    [2] zweimal
   *[other] { $times }-mal
}
summary-load-poisson = etwa { $rate } / s
summary-load-constant = { $rate } / s
summary-load-at = { $requests ->
    [one] 1 Anfrage
   *[other] { $requests } Anfragen
}
summary-load-users = { $users ->
    [one] 1 Nutzer
   *[other] { $users } Nutzer
}
summary-load-profile = ein Profil
link-summary = { $method } · { $idempotence } · { $delay }
link-idempotent = idempotent
link-not-idempotent = nicht idempotent
link-delay = { $delay } je Richtung
link-delays = { $there } hin, { $back } zurück

## Arten von Diensten

kind-client = Client
kind-service = Dienst
kind-external = Externer Dienst
kind-stub = Stub

## Felder

field-name = Name
field-id = ID
field-kind = Art
field-team = Team
field-title = Titel
field-description = Beschreibung
field-seed = Startwert
field-horizon = Länge des Ablaufs
field-client = Client
field-work-time = Arbeitszeit
field-failure-rate = Fehlerrate
field-workers = Worker
field-queue = Warteschlange
field-queue-order = Reihenfolge
field-threads = Threads
field-rate = Rate
field-burst = Burst
field-effect = Was er tut
field-keeps-ids = Merkt sich IDs für
field-script = Antworten der Reihe nach
field-script-repeat = Nach der letzten
field-timeout = Wartet höchstens
field-attempts = Versuche
field-jitter = Jitter
field-retry-on = Wiederholt nach
field-retry-unsafe = Unsicher
field-backoff = Backoff
field-first-wait = Erste Wartezeit
field-backoff-factor = Faktor
field-longest-wait = Längste Wartezeit
field-retry-budget = Retry-Budget
field-budget-ratio = Je Aufruf
field-budget-minimum = Immer erlaubt
field-budget-window = Ein Aufruf zählt
field-budget-tokens = Token
field-budget-token-ratio = Ein Erfolg bringt
field-open-for = Offen für
field-half-open-calls = Probeaufrufe
field-half-open-max = Halb offen höchstens
field-breaker-automatic = Automatisch
field-breaker-failures = Als Fehler zählt
field-breaker-trip = Löst aus bei
field-breaker-window = Fenster
field-minimum-calls = Mindestens
field-breaker-rate = Fehlerrate
field-slow-duration = Langsam ab
field-slow-rate = Langsame Aufrufe
field-consecutive-failures = Fehler
field-deadline = Setzt eine Frist von
field-pass-on = Gibt weiter
field-reserve = Reserve
field-skip-below = Kein Versuch unter
field-fallback = Antwortet mit
field-fallback-age = Wenn jünger als
field-permits = Höchstens
field-permit-wait = Wartet auf Platz
field-hedge-after = Weiterer Versuch nach
field-hedge-max = Weitere Versuche
field-ask-timeout = Wartet auf Antwort
field-ask-attempts = Fragt nach
field-compensate-unknown = Nach unklarem Ausgang
field-compensate-later = Nach späterem Fehler
field-delay = Laufzeit je Richtung
field-delay-requests = Laufzeit der Anfragen
field-delay-responses = Laufzeit der Antworten
field-loss = Verlust je Richtung
field-loss-requests = Verlust von Anfragen
field-loss-responses = Verlust von Antworten
field-from = Von
field-to = Nach
field-method = Methode
field-protocol = Protokoll
field-overhead = Overhead je Richtung
field-stage = Stufe
field-probability = Wahrscheinlichkeit
field-optional = Optional
field-cancel = Bricht ab
field-relationship = Beziehung
field-arrivals = Anfragen kommen
field-instants = Zeitpunkte
field-users = Nutzer
field-profile = Raten pro Sekunde
field-think-time = Denkzeit
field-load-from = Von
field-load-until = Bis
field-patience = Geduld
field-asks-again = Fragt noch einmal
field-fault-kind = Was passiert
field-fault-service = Dienst
field-fault-link = Verbindung
field-fault-at = Beginnt bei
field-fault-lasts = Dauert
field-fault-legs = Verloren gehen
field-fault-factor = Faktor
field-fault-added = Mehr je Richtung
field-objective-kind = Verlangt
field-objective-share = Anteil
field-objective-within = Innerhalb von
field-objective-condition = Bedingung
field-always = Immer
field-mean = Mittelwert
field-shortest = Kürzeste
field-longest = Längste
field-deviation = Standardabweichung
field-median = Median
field-p99 = 99{ "\u00A0" }% liegen unter
field-shape = Form
field-samples = Gleich wahrscheinlich

field-default = Standard:{ "\u00A0" }{ $value }

## Fehler: unter dem Feld

field-not-a-duration = „{ $found }“ ist keine Dauer. Erlaubt: 0 bis 10.000 h, z. B. 250ms oder 1.5s.
field-not-a-whole-number = „{ $found }“ ist keine ganze Zahl.
field-not-a-number = „{ $found }“ ist keine Zahl.
field-not-a-condition = Keine gültige Bedingung: { $reason }
field-not-an-outcome = „{ $found }“ ist kein bekanntes Ergebnis.
field-not-an-answer = „{ $found }“ ist keine Antwort, z. B. 5ms 200.
field-not-a-point = „{ $found }“ ist kein Punkt, z. B. 10s 100.

## Hinweise: Einheiten, Beispiele, und was ein leeres Feld bedeutet

hint-different = verschiedene Werte
hint-unlimited = unbegrenzt
hint-per-second = pro Sekunde
hint-at-once = auf einmal
hint-share = 0 bis 1, oder %
hint-condition = z. B. ledger.duplicates == 0
hint-effect = z. B. Überweisung
hint-script = z. B. 5ms 200, 2s 503
hint-first-included = mit dem ersten Versuch
hint-retry-unsafe = wiederholt ein POST ohne ID
hint-each-time = jedes Mal
hint-no-limit = unbegrenzt
hint-budget-ratio = z. B. 0.1
hint-at-most = höchstens
hint-tokens = Token
hint-half-open = im halb offenen Zustand
hint-breaker-automatic = halb offen ohne Aufruf
hint-calls = Aufrufe
hint-in-a-row = in Folge
hint-no-deadline = keine eigene
hint-pass-on = den Rest der eigenen
hint-attempts-at-once = Versuche gleichzeitig
hint-beside-the-first = außer dem ersten
hint-times = Mal, mit dem ersten
hint-outcome-unknown = wenn niemand weiß, ob es geschah
hint-saga = eine Saga
hint-stage = eine nach der anderen
hint-optional = die Antwort geht auch ohne
hint-cancel = Aufgeben wird mitgeteilt
hint-relationship = der Teams
hint-instants = z. B. 0s, 250ms
hint-profile = z. B. 0s 10, 10s 100
hint-the-end = zum Ende
hint-forever = unbegrenzt
hint-asks-again = Mal, von Hand
hint-to-the-end = bis zum Ende
hint-factor = mal so lange
hint-pareto-shape = über 0; unter 2: schwere Ausreißer
hint-samples = z. B. 5ms, 7ms, 30ms
hint-seed = gleicher Startwert, gleicher Ablauf
hint-horizon = für Berichte und Ziele

## Erlaubte Bereiche

range-at-least-1 = ≥{ "\u00A0" }1
range-0-1000 = 0–1000
range-1-1000 = 1–1000
range-above-0 = >{ "\u00A0" }0
range-window = 1–100.000
range-unlimited = leer: unbegrenzt

## Standardwerte, die keine Zahl sind

default-no-limit = unbegrenzt
default-retried-outcomes = error, refused, shed, rate limited, timeout
default-off = aus
default-on = an
default-minimum-calls = 100, oder das Fenster
default-half-open-calls = 10; 1 bei Fehlern in Folge
default-breaker-failures = alles ohne brauchbare Antwort
default-no-deadline = keine eigene
default-workers = 16; Stubs unbegrenzt
default-burst = so viel wie in einer Sekunde
default-nothing = nichts
default-the-end = zum Ende
default-forever = unbegrenzt

## Auswahl

option-none = keine
option-constant = konstant
option-exponential = exponentiell
option-uniform = gleichverteilt
option-normal = normalverteilt
option-lognormal = lognormal
option-pareto = Pareto
option-empirical = gemessen
option-linear = linear
option-fifo = älteste zuerst
option-lifo = neueste zuerst
option-blocking = blockierend
option-async = asynchron
option-repeat-last = die letzte noch einmal
option-repeat-cycle = von vorn
option-jitter-full = full
option-jitter-equal = equal
option-jitter-decorrelated = decorrelated
option-budget-ratio = Anteil der Aufrufe
option-budget-tokens = Token (gRPC)
option-trip-calls = Rate der letzten Aufrufe
option-trip-time = Rate der letzten Zeit
option-trip-consecutive = Fehlern in Folge
option-fallback-default = einem Standardwert
option-fallback-cached = der letzten guten Antwort
option-fallback-omit = einer Lücke
option-get = GET: liest
option-head = HEAD: schaut nach
option-options = OPTIONS: fragt
option-put = PUT: ersetzt
option-delete = DELETE: löscht
option-post = POST: handelt
option-patch = PATCH: ändert
option-rest = REST
option-grpc = gRPC
option-graphql = GraphQL
option-soap = SOAP
option-customer-supplier = Customer/Supplier
option-conformist = Conformist
option-partnership = Partnership
option-shared-kernel = Shared Kernel
option-anticorruption-layer = Anticorruption Layer
option-open-host = Open Host Service
option-published-language = Published Language
option-separate-ways = Separate Ways
option-poisson = zufällig
option-constant-rate = gleichmäßig
option-at = zu festen Zeiten
option-users = von Nutzern
option-profile = nach Profil
option-fault-down = fällt aus
option-fault-slow = wird langsam
option-fault-failing = macht Fehler
option-fault-drop = verliert Nachrichten
option-fault-delay = verzögert Nachrichten
option-legs-both = beide
option-legs-request = Anfragen
option-legs-response = Antworten
option-objective-success = gute Antworten
option-objective-latency = schnelle Antworten
option-objective-condition = eine Bedingung

## Störungen, Ziele und Teams in einer Zeile

fault-down = { $service } ist ausgefallen
fault-slow = { $service } braucht { $factor }-mal so lange
fault-failing = { $service } macht bei { $share } der Anfragen Fehler
fault-cut = { $from } → { $to } ist unterbrochen
fault-loses-requests = { $from } → { $to } verliert Anfragen
fault-loses-responses = { $from } → { $to } verliert Antworten
fault-delay = { $from } → { $to } ist um { $added } verzögert
fault-from-to = { $from } bis { $to }
fault-from = ab { $from }
objective-default-name = { $client } bekommt gute Antworten
objective-success = { $percent }{ "\u00A0" }% gut
objective-latency = { $percent }{ "\u00A0" }% in { $within }
objective-condition = { $condition }
team-default-name = Team { $n }
team-services = { $services ->
    [one] 1 Dienst
   *[other] { $services } Dienste
}

## Bilder von Einstellungen, beschrieben

sketch-answers-always = Ohne Warteschlangen, Störungen und eigene Aufrufe: Jede Antwort dauert { $answer }.
sketch-answers-always-late = Ohne Warteschlangen, Störungen und eigene Aufrufe: Jede Antwort dauert { $answer }, länger als der Timeout.
sketch-answers = Ohne Warteschlangen, Störungen und eigene Aufrufe: Die Hälfte der Antworten dauert höchstens { $median }, 99 von 100 höchstens { $p99 }. { $late }
sketch-answers-hardly-late = Kaum eine kommt nach dem Timeout.
sketch-answers-late = Etwa { $percent }{ "\u00A0" }% kommen nach dem Timeout.
sketch-wait = { $longest }
sketch-wait-up-to = 0 – { $longest }
sketch-wait-between = { $shortest } – { $longest }
sketch-wait-before = vor Wiederholung { $retry }: { $wait }
sketch-schedule = { $more ->
    [0] Wartezeiten { $waits }.
   *[other] Wartezeiten { $waits }, und { $more } weitere.
}
sketch-breaker-consecutive = Öffnet nach { $failures } Fehlern in Folge.
sketch-breaker-calls = Öffnet bei { $failed } Fehlern unter den letzten { $calls } Ergebnissen.
sketch-breaker-calls-early = Öffnet bei { $failed } Fehlern unter den letzten { $calls } Ergebnissen. Entscheidet ab { $minimum } Ergebnissen; dann genügen { $early }.
sketch-breaker-time = Öffnet, wenn { $percent }{ "\u00A0" }% der Ergebnisse der letzten { $window } Fehler sind. Entscheidet ab { $minimum } Ergebnissen; dann genügen { $early }.
sketch-curve = Die Hälfte dauert höchstens { $median }, 99 von 100 höchstens { $p99 }. { $mean }
sketch-mean = Mittelwert { $mean }.
sketch-mean-infinite = Der Mittelwert ist unendlich.
sketch-attempts = Schlimmstenfalls dauern { $attempts } Versuche { $whole }.
sketch-attempts-cut = Schlimmstenfalls { $whole }, aber die Deadline beendet es nach { $deadline }, in Versuch { $attempt } von { $attempts }.
sketch-hedges = { $more ->
    [0] Ohne Antwort weitere Versuche nach { $instants }.
   *[other] Ohne Antwort weitere Versuche nach { $instants }, und { $more } weitere.
}

## Vorschläge zum Ausprobieren

hint-cut = Wähl { $from } → { $to } und unterbrich die Verbindung.
hint-cut-timeout = Jeder Aufruf wartet auf seinen Timeout, und der Client merkt es.
hint-cut-client-timeout = Jede Anfrage wartet auf ihren Timeout.
hint-cut-no-timeout = Ohne Timeout warten die Aufrufer ewig und blockieren ihre Worker.
hint-cut-client-no-timeout = Ohne Timeout wartet der Client ewig.
hint-slow = Mach { $service } langsam.
hint-slow-outcome = Sieh dir an, wer darauf wartet und wessen Warteschlange sich füllt.
hint-send = Klick auf { $client }.
hint-send-outcome = Das sendet eine Anfrage, die du verfolgen kannst.
hint-add-client = Nimm einen Client aus der Palette.
hint-add-client-outcome = Er sendet Anfragen.
hint-wire = Zieh vom Rand eines Kastens zu einem anderen.
hint-wire-outcome = Der erste Dienst ruft nun den zweiten auf.

## Warum zwei Dienste nicht verbunden werden können

link-end-missing = Einen der beiden Dienste gibt es nicht mehr.
link-to-itself = Ein Dienst ruft sich nicht selbst auf.
link-to-client = Niemand ruft einen Client auf.
link-from-stub = Ein Stub ruft niemanden auf.
link-exists = Diese beiden sind schon verbunden.

## Ansagen für Screenreader: was ein Befehl getan hat

announce-added = { $things } hinzugefügt.
announce-moved = { $things } verschoben.
announce-connected = { $caller } ruft jetzt { $callee } auf.
announce-added-callee = { $callee } hinzugefügt, aufgerufen von { $caller }.
announce-pasted = { $things } eingefügt.
announce-removed = { $things } entfernt.
announce-changed = { $things } geändert.
announce-changed-load = Last von { $client } geändert.
announce-changed-faults = Störungen geändert.
announce-changed-objectives = Ziele geändert.
announce-changed-teams = Teams geändert.
announce-changed-system = System geändert.
announce-changed-several = { $things ->
    [one] 1 Element geändert.
   *[other] { $things } Elemente geändert.
}
announce-opened = { $title } geöffnet.
announce-opened-untitled = System geöffnet.
announce-selected = { $things ->
    [0] Nichts ausgewählt.
    [one] 1 Element ausgewählt.
   *[other] { $things } Elemente ausgewählt.
}
announce-things = { $things ->
    [one] 1 Element
   *[other] { $things } Elemente
}
announce-service = { $service }
announce-link = { $caller } nach { $callee }

## Namen neuer Dienste

default-name-client = Client { $n }
default-name-service = Dienst { $n }
default-name-external = Partner { $n }
default-name-stub = Stub { $n }
