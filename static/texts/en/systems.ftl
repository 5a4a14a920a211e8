### The texts of the ready systems. English: the same as in static/scenarios. A system's name, then its part.

## Bank accounts: the overview page

system-overview-title = Bank accounts: the overview page
system-overview-description = The page asks the bank account service, which first asks another service whether the user may see the accounts. Each waits until the one behind it has answered.
system-overview-service-web = Web application
system-overview-service-bank-account = Bank account
system-overview-service-access-privilege = Access privilege
system-overview-team-team-a = Team A
system-overview-team-team-b = Team B
system-overview-objective-1 = The page answers
system-overview-objective-2 = The page is quick

## A slow dependency, and a timeout

system-slow-dependency-title = A slow dependency, and a timeout
system-slow-dependency-description = After one second, access privilege takes forty times as long. The timeout of 500 ms decides how long the bank account service waits for it, and what the page shows then.
system-slow-dependency-service-web = Web application
system-slow-dependency-service-bank-account = Bank account
system-slow-dependency-service-access-privilege = Access privilege
system-slow-dependency-team-team-a = Team A
system-slow-dependency-team-team-b = Team B
system-slow-dependency-objective-1 = The page answers
system-slow-dependency-objective-2 = The page is quick

## A service is down: an error page, or a page with a gap

system-down-title = A service is down: an error page, or a page with a gap
system-down-description = The page makes two calls, one with a fallback and one without. When exchange rates are down, the page still answers. When balances are down, it cannot.
system-down-service-web = Web application
system-down-service-account-page = Account page
system-down-service-balances = Balances
system-down-service-exchange-rates = Exchange rates
system-down-objective-1 = The page answers
system-down-objective-2 = The page is quick

## A transfer: did the money move?

system-transfer-title = A transfer: did the money move?
system-transfer-description = The bank books the transfer, but some of its answers are lost. The TRX service cannot tell that from a lost request and tries again: money moves twice.
system-transfer-service-actor = Actor
system-transfer-service-trx = TRX service
system-transfer-service-bank-api = Bank API
system-transfer-team-team-a = Team A
system-transfer-objective-1 = The actor hears that it worked
system-transfer-objective-2 = The actor hears soon

## A chain, and 1.5 seconds

system-chain-title = A chain, and 1.5 seconds
system-chain-description = The page must answer within 1.5 seconds, but at the end of the chain a call to the business partner needs 1 second to get there and 2 seconds in all.
system-chain-service-web = Web application
system-chain-service-bank-account = Bank account
system-chain-service-access-privilege = Access privilege
system-chain-service-business-partner = Business partner
system-chain-team-team-a = Team A
system-chain-team-team-b = Team B
system-chain-objective-1 = The page answers
system-chain-objective-2 = The page answers within 1.5 s

## A storm of retries

system-retry-storm-title = A storm of retries
system-retry-storm-description = Two services repeat failed calls to the one behind them, up to three attempts each. A slow spell of five seconds at the stock service is enough: the retries keep it overloaded long after.
system-retry-storm-service-web = Web shop
system-retry-storm-service-checkout = Checkout
system-retry-storm-service-orders = Orders
system-retry-storm-service-stock = Stock
system-retry-storm-team-team-a = Team A
system-retry-storm-team-team-b = Team B
system-retry-storm-objective-1 = Orders get through
system-retry-storm-objective-2 = Orders are quick

## A circuit breaker

system-breaker-title = A circuit breaker
system-breaker-description = When too many calls to the ratings fail, the breaker stops calling them for five seconds and then lets three trial calls through. Meanwhile the page answers without ratings.
system-breaker-service-web = Web application
system-breaker-service-shop = Shop
system-breaker-service-ratings = Ratings
system-breaker-team-team-a = Team A
system-breaker-team-team-b = Team B
system-breaker-objective-1 = The page answers
system-breaker-objective-2 = The page is quick
