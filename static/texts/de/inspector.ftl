### Der Inspektor: was ausgewählt ist, Störungen von Hand, Zahlen dieses Moments, Zeitpläne, Warnungen.

inspector-whole = Das ganze System
inspector-whole-note = Klick auf einen Dienst oder eine Verbindung, um die Einstellungen zu sehen und zu ändern.
inspector-service-note = { $kind } · { $id }
inspector-remove = Entfernen
inspector-close = Schließen
inspector-close-label = Inspektor schließen
inspector-send = Eine Anfrage senden
inspector-legs-alike = Hin- und Rückweg gleich einstellen
inspector-legs-apart = Hin- und Rückweg getrennt einstellen
inspector-first-load = Selbst senden lassen
inspector-add-load = Weitere Last hinzufügen

## Mehrere Dienste und Verbindungen zugleich

many-services = { $count ->
    [one] { $count } Dienst
   *[other] { $count } Dienste
}
many-links = { $count ->
    [one] { $count } Verbindung
   *[other] { $count } Verbindungen
}
many-note = Eine Änderung hier gilt für alle.
many-note-mixed = Dienste und Verbindungen haben getrennte Einstellungen.
many-in = Ausgewählt: { $items }
many-nothing = Für sie gibt es keine gemeinsamen Einstellungen.

## Karten und Felder

card-preset = Vorlage
card-preset-own = eigene Einstellungen
card-preset-same = Wie { $name }:
card-preset-source = Dokumentation
card-more = Wie es funktioniert
card-more-settings = Weitere Einstellungen
card-remove = Entfernen: { $title }
field-slider = Dauer

## Ergebnisse eines Aufrufs

outcome-ok = ok
outcome-degraded = eingeschränkt
outcome-error = Fehler
outcome-refused = abgelehnt
outcome-shed = abgewiesen
outcome-rate-limited = Ratenlimit
outcome-timeout = Timeout
outcome-deadline-exceeded = Deadline überschritten
outcome-breaker-open = Breaker offen
outcome-bulkhead-full = Bulkhead voll
outcome-conflict = Konflikt
outcome-cancelled = abgebrochen

## Störungen von Hand

by-hand-down = Ausfallen lassen
by-hand-down-back = Wieder starten
by-hand-slow = Verlangsamen
by-hand-slow-back = Tempo wiederherstellen
by-hand-fail = Fehler auslösen
by-hand-fail-back = Wieder antworten lassen
by-hand-cut = Verbindung unterbrechen
by-hand-lose-requests = Anfragen verlieren
by-hand-lose-responses = Antworten verlieren
by-hand-link-back = Verbindung reparieren
by-hand-delay = Verzögern
by-hand-delay-back = Verzögerung entfernen
by-hand-press-again = { $back }: noch einmal drücken.
by-hand-slider-delay = Verzögerung
by-hand-slider-slow = Langsam
by-hand-slider-fail = Fehler

## Nachrichten auf der ausgewählten Verbindung

flight-pause = Halte an, um eine Nachricht herauszugreifen.
flight-label = Nachrichten unterwegs
flight-title = Unterwegs
flight-none = In diesem Moment nichts.
flight-drop = Verwerfen
flight-drop-label = Verwerfen: { $message }
flight-follow = Verfolgen
flight-follow-label = Verfolgen: { $message }

## Die Zahlen dieses Moments

live-title = Gerade jetzt
live-good = gute Antworten
live-arriving = eintreffende Anfragen
live-workers = beschäftigte Worker
live-queued = in der Warteschlange
live-of = { $count } von { $limit }
live-answered = beantwortet
live-wasted = vergebliche Arbeit
live-shed = abgewiesen, Schlange voll
live-refused = abgelehnt, ausgefallen
live-rate-limited = über dem Ratenlimit
live-expired = in der Schlange abgelaufen
live-replayed = aus dem Speicher beantwortet
live-cancelled = abgebrochen
live-lost = beim Ausfall verloren
live-duplicates = doppelt gebucht
live-attempts = Versuche
live-failed = gescheiterte Versuche
live-waiting = wartende Aufrufer
live-timeouts = Timeouts
live-calls = Aufrufe insgesamt
live-retries = Wiederholungen
live-breaker = Circuit Breaker
live-breaker-closed = geschlossen
live-breaker-open = offen
live-breaker-half-open = halb offen
live-breaker-left = { $state }, { $left }
live-latency = mittlere Dauer
live-sending = sendet
live-pending = in Arbeit
live-sent = insgesamt gesendet
live-bad = schlecht beendet
live-clients = Was die Clients sehen
live-client = Client
live-client-good = Gut
live-client-time = Dauer

## Zeitpläne

schedule-faults = Geplante Störungen
schedule-faults-add = Störung planen
schedule-objectives = Ziele
schedule-objectives-add = Ziel hinzufügen
schedule-teams = Teams
schedule-teams-add = Team hinzufügen
schedule-remove = Entfernen: { $item }

## Bilder von Einstellungen

sketch-retry = Nr. { $number }
sketch-more = und { $count } weitere
sketch-timeout = Timeout { $value }
sketch-median = Median { $value }
sketch-p99 = p99 { $value }

## Warnungen

warnings-title = Warnungen
warnings-times = { $count ->
    [one] { $count }-mal
   *[other] { $count }-mal
}
warnings-more = … und { $count } weitere
warnings-more-elsewhere = … und { $count } weitere, in der Liste des ganzen Systems
warnings-see = Mehr dazu:
warnings-fixed = Behoben: { $repair }. „Rückgängig“ nimmt es zurück.
