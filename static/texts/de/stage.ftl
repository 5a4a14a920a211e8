### Wörter auf der Bühne.

## The stage itself

# The name of the whole drawing for screen readers.
stage-system = Das System
stage-empty = Noch leer. Zieh etwas von links herein oder doppelklicke.
# The buttons that change the view.
stage-view = Ansicht
stage-zoom-in = Vergrößern
stage-zoom-out = Verkleinern
stage-fit-everything = Alles zeigen
# On a small button.
stage-fit = alles
stage-minimap = Das ganze System mit einem Rahmen um den sichtbaren Teil
# On touch screens: taps add to the selection until the user presses the button.
stage-select-several = Mehrere auswählen
stage-touch-to-select = Tipp an, was du auswählen willst, oder zieh einen Rahmen.
stage-end-selecting = Fertig
# Beside a wire that is being drawn: where it would end.
stage-wire-to-new = hier ein neuer Dienst
stage-wire-to-another = auf einen anderen Dienst ziehen
# Announced when the keyboard begins a wire.
stage-wire-begun = Verbindung von { $caller }: Geh mit Tab zu einem Dienst und drück die Eingabetaste. Esc bricht ab.
# The choice about a message on its way.
stage-drop-message = Diese Nachricht verwerfen
stage-follow-request = Diese Anfrage verfolgen
stage-faults-of-service = Störungen von { $service }
stage-faults-of-link = Störungen von { $caller } → { $callee }
# Before the trouble of the service or link that is the likely cause of an alert.
stage-likely-cause = vermutliche Ursache:
# A service or a link for screen readers; $thing says all about it.
stage-thing-with-warnings = { $count ->
    [one] { $thing }, { $count } Warnung
   *[other] { $thing }, { $count } Warnungen
}
# Short names of the meters in a box; at most 9 letters.
stage-workers = Worker
stage-queue = Schlange
stage-answers = Antworten
# The card below a service that lists the effects of requests; at most 9 letters.
stage-ledger = Journal
