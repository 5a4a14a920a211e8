### Die linke Seite und die Dialoge: Systeme, Teilen, Versionen, Mitbringen, Tastenkürzel.

## Die linke Seite

menu-label = Dieses System
menu-try = Probier das
menu-systems = Systeme für den Anfang
menu-empty = Mit leerer Bühne beginnen
menu-bring = Eigenes System mitbringen

## Teilen

share-title = Dieses System teilen
share-large-title = „{ $title }“ öffnen
share-back = Zurück
share-enlarge = Vergrößern
share-enlarge-label = QR-Code des Links vergrößern
share-enlarge-hint = Groß, für den Beamer
share-code = QR-Code des Links
share-no-code = Der Link ist zu lang für einen QR-Code.
share-link = Link
share-copy-link = Link kopieren
share-note = Der Link enthält das ganze System. Kein Server bekommt es. Alle, die ihn öffnen, sehen denselben Ablauf.
share-send = Senden
share-copies = Bilder und Texte
share-copy = Kopieren
share-save = Speichern
share-copy-as = Als { $form } kopieren
share-save-as = Als { $form } speichern
share-png-about = das System, wie es gerade aussieht, für Folien
share-svg-about = dasselbe, scharf in jeder Größe
share-mermaid-about = ein Flussdiagramm, für Dokumente
share-file = Datei
share-file-about = alles, zum Wiederöffnen
share-text = Der Text zum Kopieren
share-link-copied = Der Link ist in der Zwischenablage.
share-svg-copied = Der SVG-Text ist in der Zwischenablage.
share-mermaid-copied = Der Mermaid-Text ist in der Zwischenablage.
share-picture-copied = Das Bild ist in der Zwischenablage.
share-selected = Der Browser erlaubt keinen Zugriff auf die Zwischenablage. Der Text ist markiert: Drück Strg+C, oder Cmd+C auf dem Mac.
share-picture-refused = Der Browser nimmt keine Bilder in die Zwischenablage. Speichere das Bild stattdessen.

## Versionen in diesem Browser

versions-title = Versionen
versions-forbidden = Der Browser lässt diese Seite nichts speichern. Speichere eine Datei, bevor du gehst.
versions-none = Es gibt noch keine Versionen. Ab deiner ersten Änderung speichert dieser Browser Versionen des Systems.
versions-note = Nur dieser Browser hat diese Versionen. Das Öffnen lässt sich rückgängig machen.
versions-this-tab = Dieser Tab
versions-other-tab = Anderer Tab: { $title }
versions-open-now = gerade offen
versions-open = Öffnen
versions-opened = Deine Version von { $age } geöffnet. „Rückgängig“ führt zu deinem vorigen System zurück.
versions-forget = Alle Versionen löschen…
versions-forget-question = Alle Versionen löschen? Das lässt sich nicht rückgängig machen.
versions-forget-no = Behalten
versions-forget-yes = Löschen
versions-not-stored = Der Browser speichert nichts von dieser Seite. Speichere eine Datei, bevor du gehst.

## Das System eines geschlossenen Tabs

restore-label = Wiederherstellen
restore-question = Du hattest { $age } „{ $title }“ offen.
restore-question-changed = Du hattest { $age } „{ $title }“ offen, mit diesen Änderungen: { $changes }.
restore-yes = Wiederherstellen
restore-no = Nicht wiederherstellen
restore-done = Wiederhergestellt. „Rückgängig“ führt zu deinem vorigen System zurück.

## Ein eigenes System mitbringen

bring-title = Eigenes System mitbringen
bring-result = Dein System
bring-intro = Öffne eine Datei, zieh sie auf die Seite oder füg ihren Text ein. Sie bleibt auf dieser Seite: Nichts wird irgendwohin gesendet.
bring-mermaid = Mermaid-Flussdiagramm
bring-mermaid-about = Knoten sind Dienste, Pfeile sind Aufrufe, Subgraphen sind Teams. Allein oder in einem Markdown-Dokument.
bring-compose = docker-compose-Datei
bring-compose-about = Dienste und ihre Abhängigkeiten.
bring-traces = Traces
bring-traces-about = OTLP/JSON oder Jaeger-JSON: Dienste, Aufrufe und gemessene Laufzeiten, Arbeit, Fehler und Last.
bring-scenario = Szenario
bring-scenario-about = Eine Datei, die du hier gespeichert hast.
bring-paste = Hier einfügen
bring-example = Mermaid, docker-compose oder Traces, zum Beispiel:
bring-choose = Datei wählen…
bring-make = System daraus erstellen
bring-read = Gelesen als { $format }: { $services }, { $clients }, { $calls }.
bring-services = { $count ->
    [one] { $count } Dienst
   *[other] { $count } Dienste
}
bring-clients = { $count ->
    [one] { $count } Client
   *[other] { $count } Clients
}
bring-calls = { $count ->
    [one] { $count } Aufruf
   *[other] { $count } Aufrufe
}
bring-complete = Alles darin ist Teil des Systems geworden.
bring-notes = Gut zu wissen
bring-remarks = Anmerkungen
bring-show = Anzeigen

## Tastenkürzel

shortcuts-title = Tastenkürzel
shortcuts-label = Alle Tastenkürzel
shortcuts-or = oder
gestures-pointer = Mit Maus oder Finger
gestures-add = Dienst hinzufügen
gestures-add-how = Doppelklick auf die Bühne
gestures-link = Zwei Dienste verbinden
gestures-link-how = von einem + zum anderen ziehen
gestures-link-new = Mit einem neuen verbinden
gestures-link-new-how = von einem + ins Leere ziehen
gestures-cut = Verbindung unterbrechen und reparieren
gestures-cut-how = Doppelklick darauf
gestures-message = Nachricht verwerfen oder verfolgen
gestures-message-how = Klick auf ihren Punkt
gestures-several = Mehrere auswählen
gestures-several-how = Strg-Klick, oder mit Umschalt einen Rahmen ziehen; mit dem Finger über den Befehl „{ action-select-several }“
gestures-copy = Eine Kopie verschieben
gestures-copy-how = mit Alt ziehen
gestures-view = Ansicht verschieben
gestures-view-how = Bühne ziehen, oder mit der Leertaste ziehen
gestures-zoom = Zoomen
gestures-zoom-how = Mausrad, oder zwei Finger
gestures-menu = Menü öffnen
gestures-menu-how = Rechtsklick, oder gedrückt halten
gestures-focus = Auf einem Dienst oder einer Verbindung mit Fokus
gestures-next = Zum nächsten Element: ein Dienst, dann seine Verbindungen
gestures-select = Dienst auswählen; auf einem Client: Anfrage senden
gestures-begin = Hier eine Verbindung beginnen; Eingabe auf einem anderen Dienst beendet sie
gestures-move = Verschieben
gestures-faults = Seine Störungen
gestures-own-menu = Sein Menü

## Einstellungen nach ihren Namen in der Datei, für Listen von Änderungen

setting-title = Titel
setting-description = Beschreibung
setting-seed = Startwert
setting-horizon = Länge des Ablaufs
setting-name = Name
setting-kind = Art
setting-team = Team
setting-workers = Worker
setting-queue = Warteschlange
setting-work = Arbeit
setting-discipline = Reihenfolge
setting-rate-limit = Ratenlimit
setting-per-second = pro Sekunde
setting-burst = Burst
setting-idempotency = Idempotenz
setting-request-id = Anfrage-ID
setting-ttl = gespeichert für
setting-script = Skript
setting-status = Status
setting-threads = Threads
setting-optional = optional
setting-timeout = Timeout
setting-retry = Retry
setting-max-attempts = Versuche höchstens
setting-backoff = Backoff
setting-base = erste Wartezeit
setting-factor = Faktor
setting-jitter = Jitter
setting-max = Maximum
setting-min = Minimum
setting-on = bei
setting-after = nach
setting-budget = Budget
setting-ratio = Anteil
setting-reserve = Reserve
setting-min-per-second = pro Sekunde mindestens
setting-token-ratio = Token-Anteil
setting-max-tokens = Token höchstens
setting-skip-below = kein Versuch unter
setting-breaker = Circuit Breaker
setting-failure-rate = Fehlerrate
setting-consecutive-failures = Fehler in Folge
setting-window = Fenster
setting-calls = Aufrufe
setting-minimum-calls = Aufrufe mindestens
setting-open-for = offen für
setting-half-open-calls = Probeaufrufe
setting-half-open-max = halb offen höchstens
setting-failures = Fehler
setting-bulkhead = Bulkhead
setting-max-concurrent = gleichzeitig höchstens
setting-max-wait = Wartezeit höchstens
setting-hedge = Hedge
setting-deadline = Deadline
setting-time = Zeit
setting-overhead = Overhead
setting-pass-on = weitergeben
setting-fallback = Fallback
setting-cached = aus dem Cache
setting-stage = Stufe
setting-ask = Nachfrage
setting-compensate = Kompensation
setting-attempts = Versuche
setting-method = Methode
setting-repeat = Wiederholung
setting-cancel = Abbruch
setting-request = Anfrage
setting-response = Antwort
setting-delay = Laufzeit
setting-loss = Verlust
setting-probability = Wahrscheinlichkeit
setting-relationship = Beziehung
setting-protocol = Protokoll
setting-constant = konstant
setting-uniform = gleichverteilt
setting-normal = normalverteilt
setting-exponential = exponentiell
setting-lognormal = lognormal
setting-pareto = Pareto
setting-empirical = gemessen
setting-mean = Mittelwert
setting-median = Median
setting-sd = Standardabweichung
setting-p99 = p99
setting-shape = Form
setting-set = Werte
setting-client = Client
setting-poisson = zufällig
setting-users = Nutzer
setting-think = Denkzeit
setting-profile = Profil
setting-linear = linear
setting-rate = Rate
setting-patience = Geduld
setting-asks-again = fragt erneut
setting-from = von
setting-until = bis
setting-at = um
setting-for = für
setting-service = Dienst
setting-link = Verbindung
setting-down = ausgefallen
setting-slow = langsam
setting-failing = fehlerhaft
setting-drop = Verlust
setting-effect = Wirkung
setting-success = gute Antworten
setting-quantile = Quantil
setting-within = innerhalb
setting-duration = Dauer
setting-unsafe = unsicher
setting-faults = Störung
setting-load = Last
setting-objectives = Ziel
setting-services = Dienst
setting-links = Verbindung
setting-teams = Team

## Die Änderungen einer Version

autosave-moved = verschoben
autosave-contents = { $services }, { $links }
autosave-other-system = ein anderes System: { $contents }
autosave-more = { $changes }; { $count ->
    [one] { $count } weitere
   *[other] { $count } weitere
}
autosave-added = { $what } hinzugefügt
autosave-removed = { $what } entfernt
autosave-set = { $what }: { $value }
autosave-reset = { $what }: auf Standard zurückgesetzt
autosave-changed = { $what }: { $before } → { $after }
ago-moment = gerade eben
ago-minutes = { $count ->
    [one] vor { $count } Minute
   *[other] vor { $count } Minuten
}
ago-hours = { $count ->
    [one] vor { $count } Stunde
   *[other] vor { $count } Stunden
}
ago-days = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
}
