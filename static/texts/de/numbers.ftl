### Aufzählungen und Zahlen in Sätzen.

list-and = { $rest } und { $last }
list-or = { $rest } oder { $last }
