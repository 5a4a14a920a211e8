### Das Protokoll eines Laufs, die Änderungen auf dem Zeitstrahl und die Ansagen für Screenreader.
### $request ist die Nummer einer Anfrage oder 0, wenn eine Zeile von mehreren handelt.

## Wie eine Zeile endet.

log-line = { $event }.
log-line-times = { $event }, { $count }-mal, zuletzt bei { $last }.
log-line-after = { $event } (nach { $after }).
log-line-attempt = { $event } (Versuch { $number }).
log-line-attempt-after = { $event } (Versuch { $number }, nach { $after }).
log-line-attempt-of = { $event } (Versuch { $number } von { $most }).
log-line-attempt-of-after = { $event } (Versuch { $number } von { $most }, nach { $after }).
log-line-retry-now = { $event }, und zwar sofort (Versuch { $number }).
log-line-retry-in = { $event }, in { $wait } (Versuch { $number }).

## Clients.

log-sends = { $client } sendet { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}
log-sends-by-hand = Von Hand: { $client } sendet { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}
log-sends-again = { $client } bekam keine gute Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} und sendet sie noch einmal
log-ended-ok = { $client } bekommt die Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}
log-ended-degraded = { $client } bekommt eine Antwort mit Fallback auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}
log-ended-not-booked = { $client } hält { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} für erledigt, aber nichts ist gebucht
log-ended-booked = { $client } hält { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} für gescheitert, aber sie ist gebucht
log-ended-timeout = { $client } bekommt keine rechtzeitige Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}
log-ended-deadline = { $client } bekommt keine Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}: Die Zeit reicht nicht mehr
log-ended-breaker = { $client } bekommt keine Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}: Ein Circuit Breaker ist offen
log-ended-bulkhead = { $client } bekommt keine Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}: Ein Bulkhead ist voll
log-ended-refused = { $client } bekommt keine Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}: Ein Dienst ist ausgefallen
log-ended-shed = { $client } bekommt keine Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}: Eine Warteschlange ist voll
log-ended-rate-limit = { $client } bekommt keine Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}: Ein Ratenlimit ist erreicht
log-ended-conflict = { $client } bekommt keine Antwort auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}: Ein früherer Versuch läuft noch
log-ended-cancelled = { $client } bricht { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} ab
log-ended-error = { $client } bekommt einen Fehler auf { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}

## Dienste.

log-fails = { $service } scheitert an { $request ->
    [0] einer Anfrage
   *[other] Anfrage #{ $request }
}
log-books = { $service } bucht { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}
log-books-again = { $service } bucht { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} ein zweites Mal
log-books-despite-failure = { $service } bucht { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}, obwohl sie für den Nutzer gescheitert ist
log-reverses-nothing = { $service } hat nichts zurückzunehmen für { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}
log-reverses = { $service } nimmt die Buchung zurück für { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
}
log-wasted = { $service } ist fertig mit { $request ->
    [0] einer Anfrage
   *[other] Anfrage #{ $request }
}, aber niemand wartet mehr darauf
log-dropped = { $service } bricht die Arbeit ab an { $request ->
    [0] einer Anfrage
   *[other] Anfrage #{ $request }
}: Der Aufrufer hat aufgegeben
log-lost-work = { $service } verliert { $count ->
    [one] die Anfrage, die dort lag
   *[other] die { $count } Anfragen, die dort lagen
}
log-workers-busy = Alle Worker von { $service } sind belegt: Anfragen beginnen zu warten
log-queue-full = Die Warteschlange von { $service } ist voll
log-queue-empty = { $service } hat aufgeholt: Die Warteschlange ist leer

## Aufrufe.

log-answers = { $callee } antwortet { $caller }
log-answers-again = { $callee } antwortet { $caller } wieder mit Erfolg
log-answers-degraded = { $callee } antwortet { $caller } mit einem Fallback
log-answers-error = { $callee } antwortet { $caller } mit einem Fehler
log-refused = { $caller } erreicht { $callee } nicht: ausgefallen
log-shed = { $callee } weist eine Anfrage von { $caller } ab: Warteschlange voll
log-rate-limited = { $callee } weist eine Anfrage von { $caller } ab: Ratenlimit erreicht
log-conflict = { $callee } weist eine Anfrage von { $caller } ab: Ein früherer Versuch läuft noch
log-timeout = { $caller } wartet nicht länger auf { $callee }
log-no-time = { $caller } ruft { $callee } nicht auf: Die Zeit reicht nicht mehr
log-deadline = { $caller } gibt { $callee } auf: Die Deadline ist vorbei
log-breaker-blocks = { $caller } ruft { $callee } nicht auf: Der Breaker ist offen
log-bulkhead-blocks = { $caller } ruft { $callee } nicht auf: Der Bulkhead ist voll
log-cancelled = { $caller } braucht die Antwort von { $callee } nicht mehr
log-asks-done = { $caller } fragt { $callee } nach { $request ->
    [0] einer Anfrage
   *[other] Anfrage #{ $request }
}: Sie wurde ausgeführt
log-asks-not-done = { $caller } fragt { $callee } nach { $request ->
    [0] einer Anfrage
   *[other] Anfrage #{ $request }
}: Sie wurde nicht ausgeführt
log-asks-unanswered = { $caller } fragt { $callee } nach { $request ->
    [0] einer Anfrage
   *[other] Anfrage #{ $request }
}: keine Antwort
log-reversal-confirmed = { $caller } erfährt, dass { $callee } { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} zurückgenommen hat
log-reversal-unconfirmed = { $caller } erfährt nicht, ob { $callee } { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} zurückgenommen hat
log-retries = { $caller } versucht es noch einmal bei { $callee }
log-budget-spent = { $caller } darf { $callee } nicht noch einmal aufrufen: Das Retry-Budget ist verbraucht
log-hedges = { $caller } ruft { $callee } zusätzlich auf (Hedge): Die Antwort lässt auf sich warten
log-falls-back-default = { $caller } macht ohne { $callee } weiter: mit einem Standardwert
log-falls-back-cached = { $caller } macht ohne { $callee } weiter: mit einer älteren Antwort
log-falls-back-omit = { $caller } macht ohne { $callee } weiter: Der Teil entfällt
log-left-unknown = { $caller } weiß nicht, ob { $callee } { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} ausgeführt hat
log-request-lost = Eine Nachricht von { $caller } an { $callee } geht verloren
log-response-lost = Die Antwort von { $callee } an { $caller } geht verloren
log-breaker-half-open = Der Breaker von { $caller } zu { $callee } lässt einige Probeaufrufe durch
log-breaker-closes = Der Breaker von { $caller } zu { $callee } schließt: Aufrufe gelingen wieder
log-breaker-opens-in-a-row = Der Breaker von { $caller } zu { $callee } öffnet: zu viele Fehler in Folge
log-breaker-opens-slow = Der Breaker von { $caller } zu { $callee } öffnet: { $slow } der letzten { $calls } Aufrufe waren langsam
log-breaker-opens-failed = Der Breaker von { $caller } zu { $callee } öffnet: { $failed } der letzten { $calls } Aufrufe sind gescheitert
log-turned-away-down = { $callee } ist ausgefallen, als eine Anfrage von { $caller } ankommt
log-turned-away-full = Die Warteschlange von { $callee } ist voll, als eine Anfrage von { $caller } ankommt
log-turned-away-rate = Das Ratenlimit von { $callee } ist erreicht, als eine Anfrage von { $caller } ankommt
log-turned-away-conflict = { $callee } arbeitet noch an einem früheren Versuch von { $caller }
log-turned-away-late = { $callee } verwirft eine Anfrage von { $caller }: Ihre Deadline lief in der Warteschlange ab
log-replays = { $callee } kennt { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} schon und wiederholt die Antwort an { $caller }
log-asks-to-reverse = { $caller } bittet { $callee }, { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} zurückzunehmen
log-gives-up-reversing = { $caller } gibt auf: { $callee } hat nicht bestätigt, dass { $request ->
    [0] eine Anfrage
   *[other] Anfrage #{ $request }
} zurückgenommen ist

## Störungen und Änderungen.

log-by-hand = Von Hand: { $event }
log-on-schedule = Nach Plan: { $event }
log-edit = Änderung: { $change }
log-goes-down = { $service } fällt aus
log-is-up = { $service } läuft wieder
log-slows = { $service } braucht { $factor }-mal so lange
log-normal-speed = { $service } arbeitet wieder mit normaler Geschwindigkeit
log-fails-share = { $service } scheitert an { $share } der Anfragen
log-stops-failing = { $service } scheitert nicht mehr an Anfragen
log-cut = Die Verbindung von { $from } zu { $to } ist unterbrochen
log-loses-requests = Die Verbindung von { $from } zu { $to } verliert alle Anfragen
log-loses-responses = Die Verbindung von { $from } zu { $to } verliert alle Antworten
log-link-works = Die Verbindung von { $from } zu { $to } funktioniert wieder
log-delays = Die Verbindung von { $from } zu { $to } braucht je Richtung { $added } länger
log-normal-delay = Die Verbindung von { $from } zu { $to } ist so schnell wie zuvor
log-drops-message = Eine Nachricht geht unterwegs verloren
log-sends-one = { $client } sendet eine Anfrage

## Dasselbe auf dem Zeitstrahl, in wenigen Worten.

change-sends = { $client } sendet
change-drops-message = Nachricht verworfen
change-down = { $service } ausgefallen
change-slow = { $service } { $factor }× langsamer
change-fails = { $service }: { $share } Fehler
change-cut = { $link } unterbrochen
change-requests-lost = Anfragen verloren, { $link }
change-responses-lost = Antworten verloren, { $link }
change-delay = +{ $added }, { $link }
change-added = { $thing } hinzugefügt
change-removed = { $thing } entfernt
change-service = { $service } geändert
change-settings = Einstellungen geändert
change-timeout = Timeout: { $before } → { $after }, { $link }
change-attempts = Versuche: { $before } → { $after }, { $link }
change-policy = { $policy } geändert, { $link }
change-link = Einstellungen geändert, { $link }
change-none = keiner
change-of-breaker = Breaker
change-of-hedge = Hedge
change-of-bulkhead = Bulkhead
change-of-deadline = Deadline
change-of-fallback = Fallback
change-of-retry = Retry
change-of-delay = Laufzeit
change-of-loss = Verlust
change-of-request-id = Anfrage-ID
change-of-ask = Statusabfrage
change-of-compensation = Kompensation

## Ansagen.

announce-moment = Bei { $time }.
announce-paused = Angehalten bei { $time }.
announce-running = Läuft.
announce-failing = { $name }: Nur { $share } der Antworten sind gut.
announce-well-again = { $name }: Die Antworten sind wieder gut.
