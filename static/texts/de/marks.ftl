### Die Zeichen auf der Bühne: ihre Namen und die Liste aller Zeichen (static/marks.html). Die Legende ist in stage.ftl.

marks-intro = Zeig auf ein Zeichen auf der Bühne oder tipp es an, um zu lesen, was es bedeutet.

## Wörter in den Zeichnungen: Sie müssen kurz sein.

marks-drawn-again = doppelt
marks-drawn-back = zurück

## Auf den Spuren

marks-lanes = Auf den Spuren
marks-request = Anfrage
marks-request-about = Unterwegs zu einem Dienst; durchgezogene Spur.
marks-answer = Antwort
marks-answer-about = Auf dem Rückweg; gestrichelte Spur.
marks-degraded = Eingeschränkte Antwort
marks-degraded-about = Ein Teil fehlt oder ist alt: Ein Fallback hat geantwortet.
marks-failure = Fehler
marks-failure-about = Der Dienst hat mit einem Fehler geantwortet. Prallt er am Kasten ab, war die Warteschlange voll.
marks-refused = Abgelehnt
marks-refused-about = Niemand hört zu: Der Dienst ist ausgefallen.
marks-rate-limited = Ratenlimit
marks-rate-limited-about = Mit Absicht abgewiesen: über dem Limit.
marks-conflict = Konflikt
marks-conflict-about = Abgewiesen: Der erste Versuch mit derselben ID läuft noch.
marks-too-late = Zu spät
marks-too-late-about = Die Deadline war vorbei, bevor jemand daran gearbeitet hat.
marks-lost = Verloren
marks-lost-about = Die Nachricht ging unterwegs verloren. Niemand erfährt davon.
marks-wasted = Vergeblich
marks-wasted-about = Arbeit und Nachrichten, auf die niemand mehr wartet.
marks-cancelled = Abgebrochen
marks-cancelled-about = Der Aufrufer sagt dem Dienst, dass er aufhören soll, oder braucht die Antwort nicht mehr.
marks-question = Rückfrage
marks-question-about = Der Aufrufer fragt, ob die Anfrage ausgeführt wurde, und bekommt die Antwort.
marks-take-back = Rücknahme
marks-take-back-about = Ein Aufruf, der einen früheren rückgängig macht.
marks-request-id = Anfrage-ID
marks-request-id-about = Bei jedem Versuch dieselbe; ·2 ist der zweite.
marks-budget = Budget
marks-budget-about = Die Zeit bis zur Deadline; sie wird mit jedem Aufruf kürzer.
marks-flow = Strom
marks-flow-about = Zu viele Nachrichten für einzelne Punkte: je dichter und dicker, desto mehr. Gestrichelt: Fehler.
marks-picked = Herausgegriffen
marks-picked-about = Eine Anfrage, die in einem Strom sichtbar bleibt.

## Neben einem Aufrufer

marks-caller = Neben einem Aufrufer
marks-timeout = Timeout
marks-timeout-about = Der Aufrufer wartet auf eine Antwort. Ist der Ring leer, gibt er auf.
marks-backoff = Wartezeit
marks-backoff-about = Eine Pause vor dem nächsten Versuch. Er kommt, wenn der Kreis voll ist.
marks-permit = Platz
marks-permit-about = Der Aufruf wartet, bis der Bulkhead ihn durchlässt. Ist das Quadrat voll, gibt er auf.
marks-timed-out = Abgelaufen
marks-timed-out-about = Der Aufrufer hat das Warten aufgegeben. Der Dienst weiß es nicht.
marks-deadline = Deadline
marks-deadline-about = Das Zeitbudget war verbraucht oder zu klein für einen Versuch.
marks-no-permit = Kein Platz
marks-no-permit-about = Der Bulkhead war voll: nicht gesendet.
marks-not-sent = Nicht gesendet
marks-not-sent-about = Der Circuit Breaker ist offen: Der Aufruf schlägt sofort fehl.

## Auf einer Verbindung

marks-link = Auf einer Verbindung
marks-breaker-open = Breaker offen
marks-breaker-open-about = Die Verbindung hat eine Lücke. Der Bogen zählt die Zeit bis zu den Probeaufrufen.
marks-breaker-half-open = Breaker halb offen
marks-breaker-half-open-about = Lässt einige Probeaufrufe durch.
marks-cut = Unterbrochen
marks-cut-about = Alles, was über diese Spur geht, ist verloren.
marks-delay = Verzögerung
marks-delay-about = Eine Störung verlängert damit jeden Weg.
marks-warning = Warnung
marks-warning-about = An einer Verbindung oder einem Kasten: Der Entwurf hat ein Problem. Wähl es aus, um es zu sehen.

## An einem Dienst

marks-service = An einem Dienst
marks-worker = Worker
marks-worker-about = Arbeitet an einer Anfrage.
marks-held = Blockierter Worker
marks-held-about = Untätig: Seine Anfrage wartet auf einen anderen Dienst.
marks-wasted-worker = Vergeblicher Worker
marks-wasted-worker-about = Sein Aufrufer hat aufgegeben.
marks-free = Freier Worker
marks-free-about = Hat nichts zu tun.
marks-queue = Warteschlange
marks-queue-about = Anfragen, die auf einen Worker warten. Ist sie voll, weist der Dienst die nächsten ab.
marks-answers = Antworten
marks-answers-about = Der Anteil guter Antworten unter den letzten.
marks-badge-red = Zähler, rot und rund
marks-badge-red-about = Unabsichtlich verworfen, und wie viele.
marks-badge-amber = Zähler, gelb und eckig
marks-badge-amber-about = Mit Absicht verworfen, durch eine Einstellung.

## Zu einem Ziel

marks-objective = Zu einem Ziel
marks-alert = Alarm
marks-alert-about = Ein Client bekommt zu wenige gute Antworten: Das Fehlerbudget schwindet schnell.
marks-cause = Vermutliche Ursache
marks-cause-about = Hier scheint das Problem hinter einem Alarm zu beginnen.

## In einem Kassenbuch

marks-ledger = Im Journal
marks-again = Doppelt
marks-again-about = Für dieselbe Anfrage noch einmal gebucht: ein Duplikat.
marks-taken-back = Zurückgenommen
marks-taken-back-about = Gebucht und inzwischen rückgängig gemacht.
marks-unknown = Unbekannt
marks-unknown-about = Gebucht, aber der Client bekam einen Fehler oder keine Antwort.
