### Warnungen zu einem Entwurf und was sie behebt.

## Regeln: was nicht stimmt

warning-unsafe-retry = Wiederholt einen Aufruf, der nicht idempotent ist
warning-ignored-id = Der aufgerufene Dienst ignoriert die Anfrage-ID
warning-cycle = Aufrufe führen dorthin zurück, wo sie begannen
warning-no-timeout = Ein Aufruf ohne Timeout
warning-too-short = Keine Antwort kann rechtzeitig kommen
warning-gives-up-early = Gibt früher auf als der aufgerufene Dienst
warning-lost-deadline = Die Deadline wird nicht weitergegeben
warning-layered-retries = Retries in mehreren Schichten
warning-long-queue = Eine Warteschlange, länger als die Aufrufer warten
warning-idle-breaker = Ein Breaker, der nie auslösen kann
warning-idle-bulkhead = Ein Bulkhead, der nichts aufhält
warning-idle-retry = Ein Retry, der nie stattfindet

## Gründe: warum es nicht stimmt, mit den Zahlen dieses Systems

warning-unsafe-retry-reason = { $times ->
    [one] Geht nur die Antwort verloren, hält { $callee } das nächste { $method } für ein neues: Es läuft womöglich einmal.
    [2] Geht nur die Antwort verloren, hält { $callee } das nächste { $method } für ein neues: Es läuft womöglich zweimal.
   *[other] Geht nur die Antwort verloren, hält { $callee } das nächste { $method } für ein neues: Es läuft womöglich { $times }-mal.
}
warning-idle-retry-reason = { $method } ist nicht idempotent, deshalb wiederholt { $caller } es nie.
warning-ignored-id-reason = { $callee } merkt sich keine IDs: Jeder der { $attempts } Versuche von { $caller } kann noch einmal „{ $effect }“ sein.
warning-cycle-always = { $path }: Jede Anfrage löst eine weitere aus, ohne Ende, und jede wartet auf die nächste.
warning-cycle-sometimes = { $path }: Eine Anfrage kann eine weitere auslösen, und jede wartet auf die nächste.
warning-no-timeout-reason = Geht eine Antwort verloren oder hängt { $callee }, wartet { $caller } ewig.
warning-no-timeout-workers = { $workers ->
    [one] Geht eine Antwort verloren oder hängt { $callee }, wartet { $caller } ewig, und mit ihm sein einziger Worker.
   *[other] Geht eine Antwort verloren oder hängt { $callee }, wartet { $caller } ewig, und mit ihm einer seiner { $workers } Worker.
}
warning-too-short-reason = { $caller } gibt nach { $waits } auf, aber eine Antwort von { $callee } dauert mindestens { $takes }: Jeder Aufruf schlägt fehl.
warning-gives-up-early-reason = { $attempts ->
    [one] { $caller } gibt nach { $waits } auf, aber { $callee } wartet womöglich { $lasts } auf { $behind }: Was später fertig wird, ist vergebens.
   *[other] { $caller } gibt nach { $waits } auf, aber die { $attempts } Versuche von { $callee } bei { $behind } können { $lasts } dauern: Was später fertig wird, ist vergebens.
}
warning-lost-deadline-reason = { $caller } gibt { $callee } höchstens { $deadline }, aber { $callee } wendet womöglich { $lasts } für { $behind } auf: Was später fertig wird, ist vergebens.
warning-layered-retries-reason = Fällt { $callee } aus, werden aus einer Anfrage bis zu { $attempts } Versuche: { $callers }.
warning-tries = { $times ->
    [one] { $caller } versucht es einmal
    [2] { $caller } versucht es zweimal
   *[other] { $caller } versucht es { $times }-mal
}
warning-and-so-on = und so weiter
warning-long-queue-reason = Aufrufer von { $service } geben nach { $waits } auf, aber die { $places } Plätze der Warteschlange abzuarbeiten dauert etwa { $takes }: Unter Last ist das meiste davon vergebens.
warning-endless-queue-reason = Aufrufer von { $service } geben nach { $waits } auf, aber die Warteschlange hat keine Grenze: Unter Last ist die meiste Arbeit vergebens.
warning-breaker-counts-nothing = Er zählt nichts als Fehler.
warning-breaker-counts-impossible = Er zählt nur { $outcomes } als Fehler, was bei diesem Aufruf nicht vorkommen kann.
warning-breaker-starved = Er entscheidet ab { $minimum } Ergebnissen in { $window }, aber die Last kann nicht mehr als { $most } bringen.
warning-both-reasons = { $first } { $second }
warning-idle-bulkhead-reason = { $service } hat { $workers } Worker, also nie mehr als { $workers } Aufrufe gleichzeitig: { $permits } Plätze halten keinen auf.
warning-idle-bulkhead-hedges = { $service } hat { $workers } Worker, also nie mehr als { $workers } Aufrufe gleichzeitig, jeden mit seinen Hedges: { $permits } Plätze halten keinen auf.
warning-more-than = mehr als { $duration }

## Was sie behebt: auf einem Knopf

repair-all = { $repair } bei allen { $count }
repair-send-id = Anfrage-ID mitsenden
repair-remove-retry = Retry entfernen
repair-stop-repeating = Nicht wiederholen
repair-recognise-repeats = { $callee } soll Wiederholungen erkennen
repair-remove-link = { $link } entfernen
repair-retry-only = Nur { $link } wiederholen
repair-do-not-retry = { $link } nicht wiederholen
repair-bound-retries = Retries auf 10{ "\u00A0" }% der Aufrufe begrenzen
repair-wait-at-most = Höchstens { $timeout } warten
repair-pass-deadline-on = Deadline weitergeben
repair-fewer-attempts = { $times ->
    [one] { $link } nur einmal versuchen
    [2] { $link } nur zweimal versuchen
   *[other] { $link } nur { $times }-mal versuchen
}
repair-shorter-timeout = { $link } höchstens { $timeout } warten lassen
repair-no-queue = Warteschlange entfernen
repair-shorten-queue = Warteschlange auf { $places } kürzen
repair-newest-first = Neueste zuerst bedienen
repair-count-failures = Die üblichen Fehler zählen
repair-judge-calls = Die letzten { $calls } Aufrufe werten
repair-count-failures-of = Die üblichen Fehler der letzten { $calls } Aufrufe zählen
repair-allow-at-once = { $permits } gleichzeitig erlauben
repair-remove-bulkhead = Bulkhead entfernen
