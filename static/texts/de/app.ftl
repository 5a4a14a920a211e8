### Der Rahmen der Seite: Kopfzeile, Abspielen, Meldungen, Dialoge, Sprachen.
