### Der Rahmen der Seite: Leiste, Aktionen und ihre Gruppen, kurze Meldungen, Darstellung und Sprache.

## Der Titel der Seite

page-title = Callchain: wie Dienste gemeinsam scheitern, und was hilft

## Die Leiste oben

bar-systems = Systeme
bar-undo = Rückgängig
bar-redo = Wiederholen
bar-compare = Vergleichen
bar-compare-hint = Mit dem jetzigen Stand des Systems vergleichen
bar-compare-end = Vergleich beenden
bar-open = Öffnen
bar-open-hint = Szenario, Mermaid-, docker-compose- oder Trace-Datei öffnen, oder eine auf die Seite ziehen
bar-open-menu = Öffnen…
bar-save = Speichern
bar-save-hint = Als Datei speichern
bar-share = Teilen
bar-share-hint = Teilen: als Link, QR-Code oder Bild
bar-share-menu = Teilen…
bar-more = Mehr
bar-copy-link = Link kopieren
bar-paste = Diagramm oder Trace einfügen…
bar-versions = Versionen…
bar-commands = Alle Befehle…
bar-gestures = Gesten und Tasten…
bar-looks = Darstellung
bar-looks-hint = Darstellung: Design, Farben, Bewegung, Sprache
bar-shortcuts = Tastenkürzel
bar-settings = Einstellungen
bar-settings-hint = Einstellungen des Systems
bar-file = Systemdatei
bar-with-keys = { $name } ({ $keys })

## Der Titel eines Dokuments ohne Titel

app-untitled = System ohne Titel
app-new-system = Neues System

## Der Rahmen

app-stage = Die Bühne
app-inspector = Inspektor
app-try = Probier das:
app-baseline = A, wie es war
app-baseline-note = wie es war
app-current = B, wie es jetzt ist
app-current-note = wie es jetzt ist
app-baseline-fixed = A bleibt, wie es war. Ändere B und sieh dir den Unterschied an.
app-part-loading = Wird geladen…
app-part-missing = Dieser Teil der Seite konnte nicht geladen werden. Prüfe die Verbindung.
app-part-again = Noch einmal versuchen
app-action-missing = Das konnte nicht geladen werden. Prüfe die Verbindung und versuche es noch einmal.
app-opening-missing = Das System konnte nicht geladen werden. Prüfe die Verbindung und lade die Seite neu.

## Gruppen von Aktionen

group-edit = Bearbeiten
group-view = Ansicht
group-file = Datei
group-run = Ablauf
group-page = Seite
group-faults = Störungen
group-systems = Systeme
group-looks = Darstellung
group-language = Sprache
group-services = Dienste
group-links = Verbindungen

## Aktionen

action-undo = Rückgängig machen
action-redo = Wiederholen
action-remove = Entfernen
action-copy = Kopieren
action-cut = Ausschneiden
action-paste = Einfügen
action-duplicate = Duplizieren
action-select-all = Alles auswählen
action-select-none = Nichts auswählen
action-tidy = Aufräumen: alles neu anordnen
action-select-several = Mehrere durch Antippen auswählen
action-fit = Alles zeigen
action-actual = Auf 100 % zoomen
action-zoom-in = Vergrößern
action-zoom-out = Verkleinern
action-share = Teilen: Link, QR-Code, Bild
action-copy-link = Link zu diesem System kopieren
action-save = Als Datei speichern
action-bring = Eigenes System mitbringen: Mermaid, docker-compose, Traces
action-versions = Versionen: frühere Stände deines Systems
action-play = Abspielen oder anhalten
action-timeline = Zeitstrahl ein- oder ausblenden
action-charts = Diagramme ein- oder ausblenden
action-log = Protokoll ein- oder ausblenden
action-compare = Mit dem jetzigen Stand vergleichen, oder den Vergleich beenden
action-commands = Alle Befehle
action-shortcuts = Tastenkürzel
action-step = Zum nächsten Ereignis
action-step-back = Zum vorigen Ereignis

## Warum eine Aktion nicht verfügbar ist

action-nothing-to-undo = Es gibt nichts rückgängig zu machen.
action-nothing-to-redo = Es gibt nichts zu wiederholen.
action-nothing-selected = Nichts ist ausgewählt.
action-no-service-selected = Kein Dienst ist ausgewählt.
action-nothing-copied = Du hast hier noch nichts kopiert.
action-nothing-on-stage = Die Bühne ist leer.

## Was die Befehlspalette und das Kontextmenü sonst anbieten

offer-send = Anfrage senden
offer-open = Öffnen: { $title }
offer-go-to = Gehe zu { $name }
offer-add-here = Dienst hier hinzufügen
offer-fault = { $thing }: { $fault }
offer-look = { $choice }: { $value }
offer-language = Sprache: { $name }
offer-system = Das System
offer-several = { $count ->
    [one] { $count } Element
   *[other] { $count } Elemente
}

## Die Befehlspalette

commands-title = Befehle
commands-question = Was möchtest du tun?
commands-none = Keine Treffer. Versuch es mit „Störung“, „gehe zu“ oder dem Namen eines Dienstes.
commands-on = an

## Kurze Meldungen

state-undone = Rückgängig gemacht.
state-redone = Wiederholt.
state-impossible = Das geht nicht.
toast-close = Meldung schließen
toast-more = { $count ->
    [one] … und { $count } weitere
   *[other] … und { $count } weitere
}
dialog-close = Schließen

## Dateien, Links und die Zwischenablage

file-saved = Als Datei gespeichert.
file-too-large = Die Datei ist größer als 16 MiB.
file-unreadable = Die Datei lässt sich nicht lesen.
file-refused = { $name } wurde nicht geöffnet. Dein System ist unverändert.
file-opened = { $name } geöffnet.
text-opened = Eingefügten Text geöffnet.
text-refused = Der eingefügte Text wurde nicht geöffnet. Dein System ist unverändert.
link-opened = Link geöffnet. „Rückgängig“ führt zu deinem vorigen System zurück.
link-refused = Der Link wurde nicht geöffnet.
link-refused-later = Der Link wurde nicht geöffnet. Dein System ist unverändert.
clipboard-copied = { $count ->
    [one] Kopiert.
   *[other] { $count } Dienste kopiert.
}
clipboard-empty = Du hast hier noch nichts kopiert. { $keys } fügt einen Text von anderswo ein.
clipboard-refused = Nichts wurde eingefügt. Dein System ist unverändert.
clipboard-too-large = Der kopierte Text ist größer als 1 MiB. Nichts wurde eingefügt.
clipboard-foreign = Der kopierte Text ist kein Teil eines Systems. Nichts wurde eingefügt.

## Tasten, wie sie auf der Tastatur stehen

key-ctrl = Strg
key-shift = Umschalt
key-alt = Alt
key-delete = Entf
key-escape = Esc
key-space = Leertaste
key-enter = Eingabe
key-tab = Tab
key-backspace = Rücktaste

## Was sich auf die Bühne setzen lässt

piece-group = Zur Bühne hinzufügen
piece-add = Hinzufügen: { $name }
piece-hint = { $about }: drücken zum Hinzufügen, oder an seinen Platz ziehen
piece-client = Client
piece-client-about = Sendet Anfragen
piece-service = Dienst
piece-service-about = Ein Dienst, den du betreibst
piece-external = Extern
piece-external-about = Ein Dienst, den andere betreiben
piece-stub = Stub
piece-stub-about = Antwortet nach einem Skript

## Darstellung

look-theme = Design
look-theme-device = Wie das Gerät
look-theme-light = Hell
look-theme-dark = Dunkel
look-theme-projector = Beamer
look-colours = Farben
look-colours-first = Blau, Grün, Zinnober
look-colours-second = Marine, Petrol, Rosé: auch zum Drucken
look-motion = Bewegung
look-motion-full = Bewegte Punkte
look-motion-reduced = Zahlen, keine Bewegung
look-spoken = Screenreader
look-spoken-less = Sagt wenig
look-spoken-more = Sagt mehr
look-spoken-off = Sagt nichts

## Sprache

language-title = Sprache
language-changed = Die Seite ist jetzt auf Deutsch.
language-failed = Die Texte für „{ $name }“ konnten nicht geladen werden. Prüfe deine Internetverbindung. Die Seite bleibt auf Englisch.

## Warnungen

warnings-count = { $count ->
    [one] { $count } Warnung
   *[other] { $count } Warnungen
}
warnings-none = Keine Warnungen
warnings-chip = Probleme dieses Systems
