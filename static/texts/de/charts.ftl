### Diagramme und Ziele.

## Diagramme: was gemessen wird.

chart-title = { $subject }: { $measure }
chart-per-second = { $measure } / s
chart-all-calls = Alle Aufrufe
chart-answers = Antworten
chart-latency = Latenz
chart-attempts = Versuche
chart-queue = Warteschlange
chart-breakers = Circuit Breaker
chart-budget = Restliches Fehlerbudget

## Diagramme: Namen der Kurven. Kurz halten.

chart-good = gut
chart-bad = schlecht
chart-sent = gesendet
chart-p99 = p99
chart-p95 = p95
chart-p50 = p50
chart-first = erste
chart-again = erneute
chart-failed = gescheitert
chart-queued = wartend
chart-busy = belegt
chart-workers = Worker
chart-before = vorher

## Diagramme: Werte und Legende.

chart-no-value = keiner
chart-spent = verbraucht

## Ziele.

objective-no-answers = { $name }: noch keine Antworten
objective-state = { $name }: bisher { $share } gut, { $wanted } gefordert; { $budget }
objective-alert = { $state }; Alarm seit { $since }
objective-alert-cause = { $state }; Alarm seit { $since }; vermutliche Ursache: { $cause }
objective-budget-spent = Budget verbraucht
objective-budget-left = { $left } des Budgets übrig
objective-unmeasured = { $name }: noch nichts gemessen; gefordert: { $wanted }
objective-measured = { $name }: bisher { $value }; gefordert: { $wanted }
objective-short = { $name }: bisher { $share } gut, { $wanted } gefordert. Alarm seit { $since }
objective-short-cause = { $name }: bisher { $share } gut, { $wanted } gefordert. Alarm seit { $since }, vermutliche Ursache: { $cause }

## Wahrscheinliche Ursachen.

cause-system = Das System
cause-down = { $place } ist ausgefallen
cause-fails = { $place } liefert Fehler
cause-slow = { $place } ist langsam
cause-overloaded = { $place } ist überlastet
cause-limits = { $place } weist Anfragen ab
cause-loses = { $place } verliert Nachrichten
cause-open = Bei { $place } ist der Breaker offen
cause-word-down = ausgefallen
cause-word-fails = Fehler
cause-word-slow = langsam
cause-word-overloaded = überlastet
cause-word-limits = weist Anfragen ab
cause-word-loses = verliert Nachrichten
cause-word-open = Breaker offen
