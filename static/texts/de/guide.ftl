### Hilfe zu Einstellungen, und Vorgaben von Bibliotheken.

## Timeout

guide-timeout = Wartet nicht länger auf einen Versuch. Der aufgerufene Dienst merkt davon nichts.
guide-timeout-more-1 = Nach einem Timeout weiß niemand, ob der aufgerufene Dienst die Arbeit getan hat: Vielleicht läuft sie noch, und die Antwort kommt zu spät.
guide-timeout-more-2 = Ein Timeout muss länger sein, als der aufgerufene Dienst an einem schlechten Tag braucht, eigene Aufrufe eingeschlossen, und kürzer, als der Aufrufer warten kann. Ohne Timeout wartet ein Aufrufer, solange es eben dauert.
preset-timeout-resilience4j = Der TimeLimiter bricht außerdem das Future ab, auf das er gewartet hat.
preset-timeout-polly-8 = Polly bittet außerdem den Callback über ein Cancellation-Token aufzuhören.

## Retry

guide-retry = Versucht es nach einem Fehler noch einmal, bis die Versuche aufgebraucht sind.
guide-retry-more-1 = Ein Retry heilt seltene, kurze Fehler. Fällt ein Dienst aus, vervielfacht er die Last: Bei drei Versuchen in jeder von drei Schichten werden aus einer Anfrage 27 Aufrufe ganz unten.
guide-retry-more-2 = Die Wartezeiten wachsen, damit sich der aufgerufene Dienst erholen kann. Jitter streut sie, damit nicht alle Aufrufer gleichzeitig wiederkommen. Bei einer Wartezeit w wählt „full“ zwischen 0 und w, „equal“ zwischen w/2 und w, „decorrelated“ zwischen der ersten Wartezeit und dem Dreifachen der letzten.
guide-retry-more-3 = Ein Budget begrenzt den Anteil der Wiederholungen an allen Aufrufen dieser Verbindung. Bibliotheken zählen verschieden: Callchain, Resilience4j, gRPC und die AWS-SDKs zählen den ersten Versuch mit, Polly, Envoy und Finagle nicht.
preset-retry-resilience4j = Wiederholt alles, was eine Exception wirft, auch ein POST. Ob ein HTTP-Fehler eine wirft, hängt vom Client ab.
preset-retry-polly-8 = 3 Wiederholungen sind 4 Versuche. Wiederholt jede Exception, auch bei POST, aber keinen Abbruch. HTTP-Fehler: je nach Client.
preset-retry-grpc = gRPC wiederholt von sich aus nichts. Nicht modelliert: ±20 % Streuung der Wartezeiten, Pushback des Servers.
preset-retry-envoy = Ohne retry_on wiederholt Envoy nichts. Nicht modelliert: höchstens 3 gleichzeitige Wiederholungen je Cluster.
preset-retry-aws-sdk = Nicht modelliert: das Kontingent von 500 Token. Die Regeln von 2026 (gleiche Seite) beginnen mit 50 ms, nach Drosselung mit 1 s.
preset-retry-finagle = Wiederholt sofort und nur, was sicher nicht ausgeführt wurde. Die Grenze von 3 Versuchen ist unsere: Finagle kennt nur das Budget.

## Fachliche Anfrage-ID

guide-request-id = Sendet mit jedem Versuch dieselbe ID, damit der aufgerufene Dienst Wiederholungen erkennt.
guide-request-id-more-1 = Die ID gehört zu dem, was jemand erreichen will, nicht zum einzelnen Versuch: Ein Retry, ein Hedge und ein Mensch, der es noch einmal versucht, senden dieselbe ID. Damit lässt sich ein POST gefahrlos wiederholen, wenn der aufgerufene Dienst Wiederholungen erkennt.

## Circuit Breaker

guide-breaker = Setzt die Aufrufe eine Weile aus, wenn zu viele fehlschlagen.
guide-breaker-more-1 = Ein geschlossener Breaker lässt alle Aufrufe durch und merkt sich die letzten Ergebnisse. Erreicht der Anteil der Fehler die Grenze, öffnet er: Aufrufe schlagen sofort fehl, was den aufgerufenen Dienst und die Worker des Aufrufers schont. Nach einer Weile ist er halb offen: Er lässt einige Probeaufrufe durch und schließt oder öffnet dann je nach Ergebnis.
guide-breaker-more-2 = Die Regeln sind die von Resilience4j, bei Fehlern in Folge die von gobreaker. Andere Bibliotheken unterscheiden sich darin, wann sie entscheiden, wie sie zur Probe aufrufen und wie sie späte Ergebnisse zählen.
preset-breaker-polly-8 = Entscheidet nur nach einem Fehler; das Fenster besteht aus 10 Teilen zu 3 s. Langsame Aufrufe zählen nicht.
preset-breaker-envoy = Nimmt einen von vielen Hosts heraus, jedes Mal länger, und ohne Probe wieder auf. Was Envoy „circuit breaking“ nennt, ist ein Bulkhead.
preset-breaker-finagle = Nicht modelliert: Öffnet auch unter 80 % Erfolgen und bleibt jedes Mal länger offen, bis 300 s, mit Streuung.

## Deadline

guide-deadline = Begrenzt die Zeit des ganzen Aufrufs mit allen Wiederholungen. Dienste können den Rest weitergeben.
guide-deadline-more-1 = Ein Timeout begrenzt einen Versuch und beginnt mit dem nächsten von vorn. Eine Deadline ist ein Zeitpunkt: Jeder Dienst in der Kette sieht, wie viel noch bleibt, und beginnt nichts, was nicht mehr rechtzeitig fertig wird.
preset-deadline-grpc = gRPC setzt von sich aus keine Deadline. Java und Go geben den Rest weiter; in anderen Sprachen musst du das verlangen.
preset-deadline-envoy = Envoy teilt sie im Header x-envoy-expected-rq-timeout-ms mit, den der aufgerufene Dienst ignorieren darf.

## Fallback

guide-fallback = Antwortet mit etwas anderem, wenn der Aufruf fehlgeschlagen ist. Die Antwort ist dann nur ein Ersatz.
guide-fallback-more-1 = Ein Fallback kommt zuletzt, nach allen Wiederholungen. Ob ein Standardwert, die letzte gute Antwort oder eine Seite mit Lücke gut genug ist, entscheidet die Fachseite.

## Bulkhead

guide-bulkhead = Begrenzt gleichzeitige Versuche, damit ein langsamer Dienst nicht alle Worker blockiert.
guide-bulkhead-more-1 = Ein Versuch ohne freien Platz schlägt sofort fehl oder wartet kurz. Ein Bulkhead begrenzt, wie viele warten, nicht, wie oft du aufrufst: Ein langsamer Dienst füllt ihn, ein schneller nie.
preset-bulkhead-polly-8 = Die Warteschlange, die du zusätzlich einstellen kannst, ist durch eine Anzahl begrenzt und nicht durch Zeit.
preset-bulkhead-envoy = Gilt für alle Aufrufer eines Clusters zusammen und zählt Anfragen, die auf eine Verbindung warten, getrennt (auch 1024).

## Hedging

guide-hedge = Sendet einen zweiten Versuch, wenn der erste langsam ist. Die erste Antwort gewinnt.
guide-hedge-more-1 = Hedging verkürzt die langsamsten Antworten für etwas mehr Last: Nach dem 95. Perzentil kostet es etwa 5 % mehr Aufrufe. Ist alles langsam, verdoppelt es die Last.
preset-hedge-polly-8 = Polly sendet den nächsten Versuch auch, sobald einer fehlschlägt.
preset-hedge-grpc = 4 Versuche sind 3 weitere. gRPC sendet den nächsten auch, sobald einer mit einem nicht endgültigen Status fehlschlägt.

## Nachfragen, was geschah

guide-ask = Fragt nach unbekanntem Ausgang mit der fachlichen Anfrage-ID, ob der Aufruf ausgeführt wurde.
guide-ask-more-1 = Nach einem Timeout gibt es drei Möglichkeiten: nicht begonnen, noch in Arbeit, erledigt. Eine sichere Abfrage kann sie unterscheiden, wenn der aufgerufene Dienst über IDs Buch führt. Auch die Abfrage kann verloren gehen.

## Kompensieren

guide-compensate = Macht die Arbeit mit einem Gegenaufruf rückgängig, der die fachliche Anfrage-ID trägt.
guide-compensate-more-1 = Dienste mehrerer Teams haben keine gemeinsame Transaktion. Was getan ist, bleibt getan, bis es jemand rückgängig macht, und bis dahin können es alle sehen.

## Netzwerk

guide-network = Wie lange eine Nachricht unterwegs ist und wie viele verloren gehen.

## Aufruf

guide-call = Was diese Verbindung aufruft und wann. Aufrufe einer Stufe laufen gleichzeitig, eine Stufe nach der anderen.

## Arbeit

guide-work = Wie lange der Dienst an einer Anfrage arbeitet, ohne eigene Aufrufe, und wie oft er scheitert.

## Kapazität

guide-capacity = Wie viele Anfragen er gleichzeitig bedient und wie viele warten dürfen. Alle anderen weist er sofort ab.
guide-capacity-more-1 = Ein Worker, der auf einen Aufruf wartet, ist blockiert, außer bei asynchronen Threads. Eine Warteschlange, die länger dauert als der Timeout des Aufrufers, bringt nur Antworten, auf die niemand mehr wartet.

## Ratenbegrenzung

guide-rate-limit = Beantwortet Anfragen über dieser Rate mit 429.
guide-rate-limit-more-1 = Ein Token-Bucket: Er fasst den Burst und füllt sich mit der Rate, und jede Anfrage nimmt ein Token. Keine Anfrage wartet auf ein Token.

## Wirkung

guide-effect = Die Arbeit verändert die Welt: Jede Ausführung schreibt einen Eintrag ins Journal.
guide-effect-more-1 = Läuft die Arbeit für eine Anfrage zweimal, ist das ein Duplikat: Geld fließt zum Beispiel zweimal.

## Erkennt Wiederholungen

guide-idempotency = Merkt sich fachliche Anfrage-IDs und beantwortet eine wiederholte aus dem Speicher.
guide-idempotency-more-1 = Die Wiederholung einer Anfrage, die noch läuft, erhält einen Konflikt, 409. Stripe merkt sich IDs mindestens 24 Stunden (docs.stripe.com/api/idempotent_requests).

## Skript

guide-script = Die Antworten des Stubs der Reihe nach: wie lange jede dauert und ihr HTTP-Status.

## Last

guide-load = Wann Anfragen beginnen. Nutzer warten auf die Antwort und denken nach; die anderen Lasten warten nicht.
