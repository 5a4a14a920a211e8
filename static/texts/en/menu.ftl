### Menus, the command palette, shortcuts.
