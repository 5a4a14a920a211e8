### Die Leiste unten: Steuerung der Zeit, Zeitstrahl, eine Anfrage, Diagramme, Protokoll, Vergleich.

## Die Leiste

dock-show = Zeigen
dock-tab-timeline = Zeitstrahl
dock-tab-request = Anfrage
dock-tab-charts = Diagramme
dock-tab-log = Protokoll
dock-tab-compare = Vergleich

## Die Steuerung der Zeit

time-group = Zeit
time-reset = Zurück zum Anfang
time-step-back = Zum vorigen Ereignis
time-step = Zum nächsten Ereignis
time-play = Abspielen
time-pause = Anhalten
time-now = Simulierte Zeit
time-speed = Tempo
time-overflow = Zu viel ist unterwegs, es geht nicht weiter. Fang mit weniger Last neu an.
time-stuck = Das System kommt über diesen Moment nicht hinaus. Fang neu an.
time-behind = Zu viele Ereignisse für dieses Tempo.

## Der Zeitstrahl

timeline-label = Moment des Ablaufs
timeline-position = { $now } von { $end }
timeline-answers = Antworten / s
timeline-latency = Latenz p95
timeline-changes = Änderungen
timeline-up-to = bis { $value }
timeline-old = vor deiner Änderung
timeline-list = Änderungen
timeline-entry = { $at }: { $change }

## Eine Anfrage

dock-request-none = Klick auf einen Punkt, eine Zeile im Protokoll oder eine Stelle in einem Diagramm, um eine Anfrage zu verfolgen.
dock-request-follow-next = Nächste Anfrage verfolgen
dock-request-follow-last = Letzte Anfrage
dock-request-before = Vorige Anfrage
dock-request-after = Nächste Anfrage
dock-request-view = Ansicht
dock-request-sequence = Sequenz
dock-request-waterfall = Wasserfall
dock-request-text = Text
dock-request-save = Speichern als
dock-request-copy-mermaid = Mermaid kopieren
dock-request-no-clipboard = Der Browser erlaubt keinen Zugriff auf die Zwischenablage. Speichere den Text stattdessen als Datei.
dock-request-waiting = Anfrage #{ $number } ist noch nicht gesendet.
dock-request-verdict = Das Ergebnis
dock-request-story = Die Geschichte
dock-request-steps = Die Geschichte, Schritt für Schritt
dock-request-title = Anfrage #{ $number }: { $system }

## Diagramme

dock-charts-objectives = Ziele
dock-charts-as-table = Daten als Tabelle
dock-charts-numbers = Die Zahlen der Diagramme
dock-charts-changes = Änderungen
dock-charts-at = Zeit
dock-charts-missing = Die Diagramme konnten nicht geladen werden. Prüfe deine Internetverbindung, dann schließ und öffne diese Ansicht noch einmal.
dock-charts-closed = geschlossen
dock-charts-half-open = halb offen
dock-charts-open = offen
dock-charts-heat = dunkler: mehr Antworten

## Das Protokoll

dock-log-list = Ereignisse
dock-log-important = Wichtiges
dock-log-everything = Alles
dock-log-detail = Umfang
dock-log-about = Filter
dock-log-only = Nur { $name }
dock-log-only-request = Nur #{ $number }
dock-log-open-request = #{ $number } öffnen
dock-log-to-now = Zum jetzigen Moment
dock-log-none-important = Bisher nichts Ungewöhnliches. „Alles“ zeigt jede Anfrage.
dock-log-none-request = Das Protokoll kennt diese Anfrage nicht mehr.
dock-log-none = Bisher nichts.

## Der Vergleich

dock-compare-label = Der Vergleich
dock-compare-settings = Andere Einstellungen
dock-compare-setting = Einstellung
dock-compare-results = Ergebnisse
dock-compare-measure = Messwert
dock-compare-no-difference = Noch keine. Ändere eine Einstellung von B: Beide Versionen beginnen neu, mit gleichem Startwert, gleicher Last und gleichen Störungen.
dock-compare-note = Du änderst B. Die Leisten und die anderen Reiter zeigen B. A bleibt, wie es war.
dock-compare-present = gesetzt
dock-compare-default = Standard
dock-compare-without = ohne { $rule }
dock-compare-better = besser
dock-compare-worse = schlechter
dock-compare-good-answers = { $client }: gute Antworten
dock-compare-latency = { $client }: Latenz { $percentile }
dock-compare-attempts = { $caller } → { $callee }: Versuche pro Aufruf
dock-compare-wasted = Vergebliche Arbeit
dock-compare-shed = Abgewiesen, Warteschlange voll
dock-compare-duplicates = Doppelt gebucht
dock-compare-unknown = Gebucht, aber dem Client unbekannt
