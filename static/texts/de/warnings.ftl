### Warnungen zu einem Entwurf und was sie behebt.
