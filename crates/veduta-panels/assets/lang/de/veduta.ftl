# Veduta auf Deutsch. Gleiche Schlüssel und Variablen wie im Englischen; ein Test vergleicht sie.

## Werte und Zeiten

value-yes = ja
value-no = nein
unit-day-short = T
age-now = gerade eben
age-seconds = { $count ->
    [one] vor { $count } Sekunde
   *[other] vor { $count } Sekunden
}
age-minutes = { $count ->
    [one] vor { $count } Minute
   *[other] vor { $count } Minuten
}
age-hours = { $count ->
    [one] vor { $count } Stunde
   *[other] vor { $count } Stunden
}
age-days = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
}
weekday-1 = Mo
weekday-2 = Di
weekday-3 = Mi
weekday-4 = Do
weekday-5 = Fr
weekday-6 = Sa
weekday-7 = So
month-1 = Jan.
month-2 = Feb.
month-3 = März
month-4 = Apr.
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = Aug.
month-9 = Sep.
month-10 = Okt.
month-11 = Nov.
month-12 = Dez.

## Arten von Stadtobjekten

kind-building = Gebäude
kind-building-part = Gebäudeteil
kind-installation = Gebäudeinstallation
kind-room = Raum
kind-relief = Gelände
kind-assumed-ground = Gelände (angenommen)
kind-vegetation = Vegetation
kind-road = Straße
kind-railway = Bahn
kind-water = Gewässer
kind-land-use = Landnutzung
kind-furniture = Stadtmobiliar
kind-bridge = Brücke
kind-tunnel = Tunnel
kind-group = Gruppe
kind-tileset = Kachelsatz
kind-window = Fenster
kind-door = Tür
kind-interior = Innenraum
kind-storey = Geschoss
kind-unit = Nutzungseinheit
kind-furnishing = Möblierung
kind-tree = Baum
kind-plant-cover = Pflanzendecke
kind-traffic = Verkehrsanlage
kind-track = Weg
kind-square = Platz
kind-section = Straßenabschnitt
kind-traffic-area = Fahrbahn oder Seitenstreifen
kind-waterway = Wasserstraße
kind-construction = Sonstiges Bauwerk
kind-generic = Generisches Objekt
kind-design = Entwurf
kind-other = Sonstiges Objekt

## Arten von Entitäten

entity-air-quality = Luftqualität
entity-noise = Lärm
entity-traffic = Verkehr
entity-parking = Parken
entity-street-light = Straßenleuchte
entity-indoor = Innenraumluft
entity-solar = Solarstrom
entity-charging = Ladestation
entity-weather = Wetter
entity-water = Wasser
entity-other = Sensor

## Wie frisch ein Wert ist

freshness-fresh = frisch
freshness-late = verspätet
freshness-silent = verstummt
freshness-unknown = kein Wert

## Wie schlimm etwas ist

severity-information = Hinweis
severity-warning = Warnung
severity-error = Fehler

## Bereiche

pane-scene = Szene
pane-layers = Ebenen
pane-inspector = Inspektor
pane-legend = Legende
pane-diagnostics = Befunde
pane-timeline = Zeitleiste

## Listen

search-clear = Leeren
search-nothing = Nichts gefunden

## Erfundene Daten

synthetic = Synthetische Daten
synthetic-meaning = Alle Daten dieser Szene sind erfunden. Sie beschreiben keinen wirklichen Ort.

## Ebenen

layers-scenarios = Szenarien
layers-overlays = Überlagerungen
layers-objects = Stadtobjekte
layers-empty = Noch keine Stadtobjekte. Sie erscheinen hier, sobald Dateien gelesen sind.
layers-filter = Ebenen filtern
layers-show = { $name } zeigen
layers-fold = { $name } zuklappen
layers-unfold = { $name } aufklappen
layers-isolate = Nur dies zeigen
layers-level-automatic = Feinster
layers-level = Detaillierungsgrad von { $name }: { $level }
layers-groups = Gruppen
layers-group-members = { $count ->
    [one] { $shown } Objekt
   *[other] { $shown } Objekte
}
layers-more-groups = { $count ->
    [one] und { $count } weitere. Filtern zeigt sie.
   *[other] und { $count } weitere. Filtern zeigt sie.
}

## Szenarien und Vergleich

scenario-baseline = Bestand
scenario-left = Szenario links
scenario-right = Szenario rechts
compare-left = Links
compare-right = Rechts
compare-start = Nebeneinander vergleichen
compare-stop = Vergleich beenden
compare-difference = Unterschied
compare-better = besser
compare-worse = schlechter

## Inspektor

inspector-empty = Klicken Sie auf ein Gebäude oder eine Markierung, um zu sehen, was darüber bekannt ist.
inspector-objects = Stadtobjekte
inspector-live = Live-Entitäten
inspector-crs = Bezugssystem
inspector-deselect = Auswahl aufheben
inspector-fly = Dorthin fliegen
inspector-look-inside = Hineinsehen
inspector-copy-id = Kennung kopieren
inspector-scenario = Teil des Szenarios „{ $name }“
inspector-entities = Sensoren hier
inspector-attributes = Attribute
inspector-filter = Attribute filtern
inspector-none-listed = Kein Attribut enthält diesen Text.
inspector-derived = Von Veduta berechnet, nicht Angabe der Quelle
inspector-whole = Teil von
inspector-parts = { $count ->
    [one] { $count } Teil
   *[other] { $count } Teile
}
inspector-surface = Angeklickte Fläche
inspector-relations = Verweist auf
inspector-not-loaded = Nicht geladen
inspector-more = und { $count } weitere
inspector-source = Quelle
inspector-values = Werte
inspector-chart = { $attribute } im Zeitverlauf
inspector-show-chart = { $attribute } im Zeitverlauf zeigen
inspector-belongs-to = Gehört zu
chart-empty = Keine Werte in diesem Zeitraum

## Legende

legend-empty = Schalten Sie eine Überlagerung ein, um ihre Legende zu sehen.
legend-hide = { $name } ausblenden
legend-close = Legende schließen
legend-no-data = Keine Daten: { $count }
legend-sensors = { $count ->
    [one] { $shown } Sensor
   *[other] { $shown } Sensoren
}
legend-scale = Farbskala von { $low } bis { $high } { $unit }
legend-freshness = Alter der Werte
legend-surfaces = Flächen

## Zeitleiste

timeline-live = LIVE
timeline-is-live = Live: die Szene folgt der Gegenwart
timeline-go-live = { $offset } zur Gegenwart. Zurück zu Live.
timeline-play = Abspielen
timeline-pause = Anhalten
timeline-step-back = { $step } zurück
timeline-step-on = { $step } vor
timeline-speed = Geschwindigkeit
timeline-speed-live = Verlassen Sie Live, um eine Geschwindigkeit zu wählen
timeline-fit = Alles Bekannte zeigen
timeline-closer = Näher heran
timeline-wider = Weiter weg
timeline-track = Gezeigter Zeitpunkt
timeline-dates = Baudaten beachten: Objekte nur zeigen, solange es sie gibt
timeline-change-before = Zur vorigen Änderung
timeline-change-after = Zur nächsten Änderung

## Befunde

diagnostics-empty = Nichts zu berichten: alles Gelesene wurde verstanden.
diagnostics-filter = Befunde filtern
diagnostics-none-listed = Kein Befund enthält diesen Text.
diagnostics-copy = Alle aufgeführten kopieren
diagnostics-show-severity = { $severity }: { $count }
diagnostics-more = und { $count } weitere. Filtern Sie, um sie zu sehen.
diagnostics-select = { $object } auswählen

## Statuszeile

status-settled = Vollständig
status-settled-meaning = Alles im Blick ist geladen und gezeichnet.
status-loading = { $shown } werden geladen
status-failed = { $count ->
    [one] { $count } fehlgeschlagen
   *[other] { $count } fehlgeschlagen
}
status-problems = { $count ->
    [one] { $count } Problem. Befunde öffnen.
   *[other] { $count } Probleme. Befunde öffnen.
}
status-objects = { $shown } Objekte
status-triangles = { $shown } Dreiecke
status-tiles = { $shown } Kacheln
status-frames = { $shown } Bilder/s
status-scale = Dieser Balken misst am Boden { $length }
link-connected = verbunden
link-connecting = verbindet
link-broken = nicht erreichbar

## Obere Leiste

toolbar-start = Startbildschirm
toolbar-home = Erste Ansicht; nochmals: ganze Szene
toolbar-north = Nach Norden drehen. Blick { $heading }° von Nord.
toolbar-viewpoints = Ansichten
toolbar-search = Objekte und Adressen suchen
toolbar-compare = Zwei Szenarien vergleichen
toolbar-sun = Sonne und Schatten
toolbar-screenshot = Bild speichern
toolbar-settings = Bereiche und Darstellung
toolbar-help = Tasten und Maus
sun-follows-clock = Sonne folgt der Uhr
sun-time = Tageszeit
sun-shadows = Schatten
sun-place = Sonne bei { $azimuth }°, { $altitude }° über dem Horizont
toolbar-look = Aussehen der Flächen
toolbar-inside = Hineinsehen
look-surfaces = Flächen
look-semantic = Nach Art gefärbt
look-neutral = Weißmodell
look-themes = Themen der Quellen
look-no-themes = Die Quellen bringen keine Texturen oder Materialien mit.
look-unnamed-theme = Thema ohne Namen
inside-roofs = Dächer und Decken abnehmen
inside-interiors = Räume und Möblierung zeigen
inside-no-interiors = Die geladenen Modelle haben keine Räume.
inside-cut = Schnitt
inside-cut-on = In einer Höhe schneiden
inside-height = Höhe des Schnitts
inside-height-meaning = über dem Fuß jedes Gebäudes
inside-storey = In Geschoss { $name } sehen
inside-storeys-assumed = Gleich hohe Geschosse angenommen
inside-everything = Alle Gebäude
inside-only = Nur { $name }
inside-select-first = Nur das gewählte Gebäude
inside-reset = Alles wieder aufsetzen
settings-panes = Bereiche
settings-reset-layout = Anordnung zurücksetzen
settings-theme = Farben
settings-language = Sprache
settings-scale = Größe
settings-smaller = Kleiner
settings-larger = Größer
theme-system = System
theme-light = Hell
theme-dark = Dunkel

## Tasten und Maus

help-mouse = Maus und Trackpad
help-mouse-pan = Links ziehen
help-mouse-orbit = Mitte ziehen, Strg + links ziehen
help-mouse-zoom = Rad, rechts ziehen, zwei Finger
help-mouse-select = Klick
help-keys = Tastatur
help-key-home = Pos1
help-key-north = N
help-key-focus = F
help-key-zoom = + und −
help-key-height = Bild auf, Bild ab
help-key-move = Pfeile, W A S D
help-key-turn = Q, E, Umschalt + Pfeile
help-key-views = 1 bis 9
help-key-search = Strg + F
help-key-escape = Esc
help-time = Zeit
help-key-space = Leertaste
help-key-end = Ende
help-key-step = Komma, Punkt
help-key-bar = Pfeile über der Zeitleiste
help-does-pan = Verschieben
help-does-orbit = Um den gegriffenen Punkt drehen
help-does-zoom = Zum Zeiger hin zoomen
help-does-zoom-middle = Zoomen
help-does-select = Auswählen
help-does-home = Erste Ansicht; nochmals: ganze Szene
help-does-north = Nach Norden drehen
help-does-focus = Zum ausgewählten Objekt fliegen
help-does-height = Steigen und sinken
help-does-move = Verschieben
help-does-turn = Drehen und neigen
help-does-views = Gespeicherte Ansichten
help-does-search = Suchen
help-does-escape = Auswahl aufheben
help-does-play = Abspielen und anhalten
help-does-live = Zurück zu Live
help-does-step = Ein Schritt zurück, einer vor
help-does-bar = Schritt; Umschalt: weiter; Strg: zur nächsten Beobachtung

## Startbildschirm

start-claim = Eine Stadt, ihre Sensoren und ihre Zukünfte.
start-version = Version { $version }
start-opening = { $target } wird geöffnet …
start-bundled = Szenen, die Veduta mitbringt
start-open = Eigenes öffnen
start-target = Pfad oder Adresse: Szenendatei, CityGML, CityJSON oder tileset.json
start-open-button = Öffnen
start-browse-file = Datei
start-browse-folder = Ordner
start-drop = Oder ziehen Sie eine Datei oder einen Ordner irgendwo auf dieses Fenster.
start-recent = Zuletzt geöffnet
start-open-bundled = { $title } öffnen
start-open-recent = { $title } erneut öffnen
start-forget = { $title } vergessen
start-missing = nicht mehr da

## Dateiauswahl

browser-title-file = Datei öffnen
browser-title-folder = Ordner öffnen
browser-scenes = Szenen und Stadtmodelle
browser-all-files = Alle Dateien
browser-reload = Neu laden
browser-working-folder = Zum Arbeitsordner
browser-show-hidden = Versteckte Dateien zeigen
browser-show-system = Systemdateien zeigen
browser-pinned = Angeheftet
browser-places = Orte
browser-devices = Laufwerke
browser-removable = Wechseldatenträger
browser-home = Persönlicher Ordner
browser-desktop = Schreibtisch
browser-documents = Dokumente
browser-downloads = Downloads
browser-audio = Musik
browser-pictures = Bilder
browser-videos = Videos
browser-pin = Anheften
browser-unpin = Lösen
browser-rename = Umbenennen
browser-selected-folder = Gewählter Ordner:
browser-selected-file = Gewählte Datei:
browser-file-name = Dateiname:
browser-cancel = Abbrechen
browser-empty-name = Ein Ordner braucht einen Namen.
browser-folder-exists = Es gibt schon einen Ordner dieses Namens.

## Meldungen

notice-dismiss = Schließen
notice-night = Dort ist Nacht. Gezeigt im Licht des Nachmittags.
notice-night-advice = Die Sonne in der oberen Leiste kennt andere Tageszeiten.
notice-farther = { $count ->
    [one] { $count } Objekt liegt weit von hier
   *[other] { $count } Objekte liegen weit von hier
}
notice-farther-advice = Pos1 zeigt alles, nochmals Pos1 führt zurück.
notice-other-time = Nichts davon besteht heute. Gezeigt wird der { $date }, als es besteht.
notice-other-time-advice = Der Kalender neben der Geschwindigkeit lässt Daten außer Acht.

## Das Programm: Güte, Kennzahlen, Flächen

quality-software = gezeichnet vom Prozessor
quality-full = volle Güte
quality-still = Einzelbild
indicator-buildings = Gebäude
indicator-footprint = Bebaute Fläche
indicator-gross-volume = Umbauter Raum
indicator-gross-floor-area = Bruttogeschossfläche
indicator-greatest-height = Größte Höhe
surface-roof = Dächer
surface-wall = Wände
surface-window = Fenster
surface-traffic = Straßen und Plätze
surface-terrain = Gelände
surface-water = Wasser
surface-vegetation = Pflanzen
attribute-height = Höhe
attribute-lod = Detailgrad (LoD)
module-building = Gebäude
module-bridge = Brücken
module-tunnel = Tunnel
module-construction = Sonstige Bauwerke
module-transportation = Verkehr
module-vegetation = Vegetation
module-water = Gewässer
module-relief = Gelände
module-furniture = Stadtmobiliar
module-land-use = Landnutzung
module-generics = Generisches
module-groups = Gruppen
module-interior = Innenräume
module-other = Sonstiges
attribute-exists-from = Besteht seit
attribute-exists-until = Besteht bis
attribute-level-of = { $shown } von { $all }
relation-member = Mitglieder
surface-of-roof = Dach
surface-of-wall = Wand
surface-of-ground = Bodenplatte
surface-of-closure = Abschlussfläche
surface-of-outer-ceiling = Außendecke
surface-of-outer-floor = Außenboden
surface-of-floor = Fußboden
surface-of-ceiling = Decke
surface-of-interior-wall = Innenwand
surface-of-window = Fenster
surface-of-door = Tür
