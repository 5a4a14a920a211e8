### Settings: cards, fields, options, units.
