### Eine Anfrage: ihr Sequenzdiagramm, ihr Wasserfall, und was aus ihr wurde.

## Ergebnisse, wie sie an einem Pfeil oder bei einem Aufrufer stehen.

step-outcome-ok = ok
step-outcome-degraded = eingeschränkt
step-outcome-error = Fehler 500
step-outcome-refused = abgelehnt
step-outcome-shed = Warteschlange voll, 503
step-outcome-rate-limited = Ratenlimit, 429
step-outcome-timeout = Timeout
step-outcome-too-late = zu spät
step-outcome-breaker-open = Breaker offen
step-outcome-no-permit = kein Platz
step-outcome-conflict = in Arbeit, 409
step-outcome-cancelled = abgebrochen

## Dasselbe, wo wenig Platz ist.

step-outcome-short-shed = Schlange voll
step-outcome-short-rate-limited = Ratenlimit
step-outcome-short-conflict = in Arbeit

## Schritte im Sequenzdiagramm: Beschriftungen an Pfeilen und Lebenslinien.

# $id: die fachliche Anfrage-ID oder 0; $attempt: 1 für den ersten.
step-request = { $method }{ $id ->
    [0] {""}
   *[other] {" "}#{ $id }
}{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt }
}
step-hedge = { $method }{ $id ->
    [0] {""}
   *[other] {" "}#{ $id }
}, Hedge { $attempt }
step-take-back = { $method } zurücknehmen{ $id ->
    [0] {""}
   *[other] {" "}#{ $id }
}{ $attempt ->
    [1] {""}
   *[other] , Versuch { $attempt }
}
step-call = Aufruf
step-cancel = Abbruch
step-ask = ausgeführt?
step-ask-yes = ja, ausgeführt
step-ask-no = nein, nicht ausgeführt
step-ask-in-progress = in Arbeit
step-too-late = { $answer }, zu spät
step-lost = { $label }, verloren
step-result = Ergebnis: { $outcome }
step-stops = hört auf: Niemand wartet
step-backoff = Wartezeit { $wait }
step-replays = schon bekannt: antwortet aus dem Speicher
step-books = bucht: { $effect }
step-books-again = bucht noch einmal: { $effect }
step-entry = Eintrag
step-takes-back = { $count ->
    [0] nichts zurückzunehmen
    [one] nimmt es zurück
   *[other] nimmt { $count } Einträge zurück
}
step-goes-down = fällt aus: Arbeit verloren
step-no-retry-attempts = kein weiterer Versuch: alle verbraucht
step-no-retry-unsafe = kein weiterer Versuch: nicht sicher wiederholbar
step-no-retry-deadline = kein weiterer Versuch: Deadline zu nah
step-no-retry-budget = kein weiterer Versuch: Retry-Budget verbraucht
step-falls-back = macht mit einem Fallback weiter
step-leaves-out = ruft { $callee } diesmal nicht auf
step-loses-patience = verliert die Geduld
step-asks-again = fragt noch einmal ({ $number })
step-waits-for-permit = wartet auf einen Platz, { $waited }
step-times-out = TOUT: Timeout nach { $waited }
step-times-out-short = TOUT { $waited }
step-deadline = Deadline, { $waited }
step-not-sent = nicht gesendet: { $reason }
step-no-time = keine Zeit mehr
step-gives-up = gibt Versuch { $number } auf
step-left-out = { $count ->
    [one] 1 weiteres Ereignis fehlt hier
   *[other] { $count } weitere Ereignisse fehlen hier
}

## Die Schritte als Zeilen.

step-line = { $who }: { $label }
step-line-on-its-way = { $from } → { $to }: { $label } (unterwegs)
step-line-lost = { $from } → { $to }: { $label } (verloren)
step-line-arrives = { $from } → { $to }: { $label } (kommt nach { $after } an)
sequence-lost = verloren

## Der Wasserfall.

waterfall-ask = { $callee }: ausgeführt?
waterfall-take-back = { $callee }: zurücknehmen
waterfall-waits = Aufrufer wartet
waterfall-queued = in der Warteschlange
waterfall-works = arbeitet
waterfall-calls = wartet auf andere
waterfall-wasted = niemand wartet darauf
waterfall-backoff = Wartezeit

## Was daraus wurde: was der Nutzer sah.
## $asked: wie oft der Nutzer fragte.

verdict-waiting = { $client } wartet seit { $after }{ $asked ->
    [1] {""}
   *[other] {" "}und hat { $asked }-mal gefragt
}.
verdict-lost-patience = { $client } verlor nach { $after } die Geduld{ $asked ->
    [1] {""}
   *[other] {" "}und hatte { $asked }-mal gefragt
}.
verdict-good = { $client } bekam nach { $after } eine gute Antwort{ $asked ->
    [1] {""}
   *[other] {" "}und hatte { $asked }-mal gefragt
}.
verdict-degraded = { $client } bekam nach { $after } eine Antwort mit Fallback{ $asked ->
    [1] {""}
   *[other] {" "}und hatte { $asked }-mal gefragt
}.
verdict-failed = { $client } bekam nach { $after } „{ $outcome }“{ $asked ->
    [1] {""}
   *[other] {" "}und hatte { $asked }-mal gefragt
}.

## Was daraus wurde: was gebucht wurde.
## $count Versuche mit diesen $numbers; 0: der einzige, der keine Nummer braucht.

verdict-attempt-number = { $number }
verdict-attempts-range = { $first } bis { $last }
verdict-not-booked = „{ $effect }“ wurde bei { $service } nicht gebucht.
verdict-not-booked-yet-good = Trotzdem wurde „{ $effect }“ bei { $service } nicht gebucht.
verdict-booked-yet-failed = Trotzdem wurde „{ $effect }“ bei { $service } gebucht.
verdict-booked-once = „{ $effect }“ wurde bei { $service } einmal gebucht.
verdict-booked-often = „{ $effect }“ wurde bei { $service } { $count ->
    [2] zweimal
   *[other] { $count }-mal
} gebucht, durch die Versuche { $numbers }.
verdict-taken-back = Die Buchung wurde zurückgenommen.
verdict-taken-back-often = Die Buchung wurde { $count ->
    [one] einmal
    [2] zweimal
   *[other] { $count }-mal
} zurückgenommen.
verdict-answer-lost = Die Antwort auf { $count ->
    [0] die Anfrage
   *[other] Versuch { $numbers }
} ging verloren.
verdict-answer-late-by = Die Antwort auf { $count ->
    [0] die Anfrage
   *[other] Versuch { $numbers }
} kam { $late } zu spät.
verdict-answer-late = Die Antwort auf { $count ->
    [0] die Anfrage
   *[other] Versuch { $numbers }
} kam zu spät.
verdict-nobody-waited = Auf { $count ->
    [0] die Anfrage
   *[other] Versuch { $numbers }
} wartete niemand mehr.
verdict-recognised = { $service } erkannte { $count ->
    [0] die Anfrage
   *[other] Versuch { $numbers }
} an der ID wieder.
verdict-asked-yes = Auf Nachfrage bestätigte { $service } die Buchung.
verdict-asked-no = Auf Nachfrage verneinte { $service } die Buchung.

## Was daraus wurde: warum es scheiterte.

verdict-many-failed = { $count } Versuche scheiterten.
verdict-no-retry-unsafe = Es gab keinen weiteren Versuch: Die Wiederholung ist nicht sicher.
verdict-no-retry-deadline = Es gab keinen weiteren Versuch: Die Deadline war zu nah.
verdict-no-retry-budget = Es gab keinen weiteren Versuch: Das Retry-Budget war verbraucht.
verdict-gave-up-no-permit = { $caller } gab { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} nach { $waited } auf, noch ohne Platz im Bulkhead.
verdict-gave-up-request-lost = { $caller } gab { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} nach { $waited } auf: Die Nachricht an { $callee } ging verloren.
verdict-gave-up-answer-lost = { $caller } gab { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} nach { $waited } auf: Die Antwort von { $callee } ging verloren.
verdict-gave-up-request-on-its-way = { $caller } gab { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} nach { $waited } auf: Die Nachricht an { $callee } war noch unterwegs.
verdict-gave-up-answer-on-its-way = { $caller } gab { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} nach { $waited } auf: Die Antwort von { $callee } war noch unterwegs.
verdict-gave-up-down = { $caller } gab { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} nach { $waited } auf: { $callee } war ausgefallen.
verdict-gave-up-queued = { $caller } gab { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} nach { $waited } auf, noch in der Warteschlange von { $callee }.
verdict-gave-up-working = { $caller } gab { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} nach { $waited } auf: { $callee } arbeitete noch.
verdict-gave-up-calling = { $caller } gab { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} nach { $waited } auf: { $callee } wartete noch auf andere.
verdict-breaker-open = Der Circuit Breaker hielt { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} zurück.
verdict-no-permit = { $count ->
    [0] Die Anfrage bekam
    [one] Versuch { $numbers } bekam
   *[other] Die Versuche { $numbers } bekamen
} keinen Platz im Bulkhead.
verdict-no-time = Für { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} reichte die Zeit nicht mehr.
verdict-past-deadline = Die Deadline war vorbei, bevor { $callee } zu { $count ->
    [0] der Anfrage
    [one] Versuch { $numbers }
   *[other] den Versuchen { $numbers }
} kam.
verdict-refused = { $count ->
    [0] Die Anfrage traf
    [one] Versuch { $numbers } traf
   *[other] Die Versuche { $numbers } trafen
} { $callee } ausgefallen an.
verdict-shed = { $count ->
    [0] Die Anfrage traf
    [one] Versuch { $numbers } traf
   *[other] Die Versuche { $numbers } trafen
} auf die volle Warteschlange von { $callee }.
verdict-rate-limited = { $count ->
    [0] Die Anfrage überschritt
    [one] Versuch { $numbers } überschritt
   *[other] Die Versuche { $numbers } überschritten
} das Ratenlimit von { $callee }.
verdict-conflict = { $count ->
    [0] Die Anfrage traf
    [one] Versuch { $numbers } traf
   *[other] Die Versuche { $numbers } trafen
} bei { $callee } auf einen früheren Versuch, der noch lief.
verdict-error = { $callee } beantwortete { $count ->
    [0] die Anfrage
    [one] Versuch { $numbers }
   *[other] die Versuche { $numbers }
} mit „{ $outcome }“.
verdict-abandoned = { $count ->
    [0] Die Anfrage wurde
    [one] Versuch { $numbers } wurde
   *[other] Die Versuche { $numbers } wurden
} aufgegeben.

## Was daraus wurde: wohin die Zeit ging.

verdict-time = Dahin ging die Zeit: { $uses }.
verdict-time-network = { $time } im Netz
verdict-time-queue = { $time } in Warteschlangen
verdict-time-work = { $time } Arbeit
verdict-time-backoff = { $time } Wartezeit zwischen Versuchen
verdict-time-in-vain = { $time } Warten auf Antworten, die nicht rechtzeitig kamen
verdict-time-permit = { $time } Warten auf einen Platz im Bulkhead
verdict-wasted = { $service } hat { $time } vergeblich gearbeitet: Niemand wartete darauf.
