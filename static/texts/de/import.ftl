### Importe: Hinweise zu dem, was gelesen wurde.
