### The command line: warnings of `callchain check`.

cli-repair = Repair: { $repairs }.
cli-or = ; or:{ " " }
cli-read-more = Read more: { $address }
cli-warnings = { $count ->
    [0] No warnings.
    [one] 1 warning.
   *[other] { $count } warnings.
}
