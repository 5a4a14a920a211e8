### Lists and numbers in sentences.

# A list: $rest is one item or several with commas.
list-and = { $rest } and { $last }
list-or = { $rest } or { $last }
