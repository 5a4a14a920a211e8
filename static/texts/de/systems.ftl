### Die Texte der fertigen Systeme: der Name des Systems, dann der Teil.

## Bankkonten: die Übersichtsseite

system-overview-title = Bankkonten: die Übersichtsseite
system-overview-description = Die Seite fragt den Kontodienst. Der fragt zuerst einen anderen Dienst, ob der Nutzer die Konten sehen darf. Jeder wartet, bis der hinter ihm geantwortet hat.
system-overview-service-web = Webanwendung
system-overview-service-bank-account = Bankkonto
system-overview-service-access-privilege = Zugriffsrechte
system-overview-team-team-a = Team A
system-overview-team-team-b = Team B
system-overview-objective-1 = Die Seite antwortet
system-overview-objective-2 = Die Seite ist schnell

## Eine langsame Abhängigkeit, und ein Timeout

system-slow-dependency-title = Eine langsame Abhängigkeit, und ein Timeout
system-slow-dependency-description = Nach einer Sekunde brauchen die Zugriffsrechte vierzigmal so lange. Der Timeout von 500 ms entscheidet, wie lange der Kontodienst auf sie wartet und was die Seite dann zeigt.
system-slow-dependency-service-web = Webanwendung
system-slow-dependency-service-bank-account = Bankkonto
system-slow-dependency-service-access-privilege = Zugriffsrechte
system-slow-dependency-team-team-a = Team A
system-slow-dependency-team-team-b = Team B
system-slow-dependency-objective-1 = Die Seite antwortet
system-slow-dependency-objective-2 = Die Seite ist schnell

## Ein Dienst fällt aus: Fehlerseite oder Seite mit Lücke

system-down-title = Ein Dienst fällt aus: Fehlerseite oder Seite mit Lücke
system-down-description = Die Seite macht zwei Aufrufe, einen mit Fallback und einen ohne. Fallen die Wechselkurse aus, antwortet die Seite trotzdem. Fallen die Kontostände aus, kann sie es nicht.
system-down-service-web = Webanwendung
system-down-service-account-page = Kontoseite
system-down-service-balances = Kontostände
system-down-service-exchange-rates = Wechselkurse
system-down-objective-1 = Die Seite antwortet
system-down-objective-2 = Die Seite ist schnell

## Eine Überweisung: Ist das Geld geflossen?

system-transfer-title = Eine Überweisung: Ist das Geld geflossen?
system-transfer-description = Die Bank bucht die Überweisung, aber einige ihrer Antworten gehen verloren. Der TRX-Dienst kann das nicht von einer verlorenen Anfrage unterscheiden und versucht es noch einmal: Das Geld fließt zweimal.
system-transfer-service-actor = Akteur
system-transfer-service-trx = TRX-Dienst
system-transfer-service-bank-api = Bank-API
system-transfer-team-team-a = Team A
system-transfer-objective-1 = Der Akteur erfährt, dass es geklappt hat
system-transfer-objective-2 = Der Akteur erfährt es bald

## Eine Kette, und 1,5 Sekunden

system-chain-title = Eine Kette, und 1,5 Sekunden
system-chain-description = Die Seite muss in 1,5 Sekunden antworten. Am Ende der Kette braucht aber ein Aufruf beim Geschäftspartner 1 Sekunde für den Hinweg und 2 Sekunden insgesamt.
system-chain-service-web = Webanwendung
system-chain-service-bank-account = Bankkonto
system-chain-service-access-privilege = Zugriffsrechte
system-chain-service-business-partner = Geschäftspartner
system-chain-team-team-a = Team A
system-chain-team-team-b = Team B
system-chain-objective-1 = Die Seite antwortet
system-chain-objective-2 = Die Seite antwortet in 1,5 s

## Ein Sturm von Wiederholungen

system-retry-storm-title = Ein Sturm von Wiederholungen
system-retry-storm-description = Zwei Dienste wiederholen ihre Aufrufe beim Dienst hinter ihnen, jeder bis zu dreimal. Fünf langsame Sekunden im Lager reichen: Die Wiederholungen halten es noch lange danach überlastet.
system-retry-storm-service-web = Webshop
system-retry-storm-service-checkout = Kasse
system-retry-storm-service-orders = Bestellungen
system-retry-storm-service-stock = Lager
system-retry-storm-team-team-a = Team A
system-retry-storm-team-team-b = Team B
system-retry-storm-objective-1 = Bestellungen kommen durch
system-retry-storm-objective-2 = Bestellungen gehen schnell

## Ein Circuit Breaker

system-breaker-title = Ein Circuit Breaker
system-breaker-description = Scheitern zu viele Aufrufe bei den Bewertungen, ruft der Breaker sie fünf Sekunden lang nicht mehr auf und lässt dann drei Aufrufe zur Probe durch. Die Seite kommt solange ohne Bewertungen aus.
system-breaker-service-web = Webanwendung
system-breaker-service-shop = Shop
system-breaker-service-ratings = Bewertungen
system-breaker-team-team-a = Team A
system-breaker-team-team-b = Team B
system-breaker-objective-1 = Die Seite antwortet
system-breaker-objective-2 = Die Seite ist schnell
