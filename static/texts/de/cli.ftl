### Die Kommandozeile: Warnungen von `callchain check`.

cli-repair = Abhilfe: { $repairs }.
cli-or = ; oder:{ " " }
cli-read-more = Mehr dazu: { $address }
cli-warnings = { $count ->
    [0] Keine Warnungen.
    [one] 1 Warnung.
   *[other] { $count } Warnungen.
}
