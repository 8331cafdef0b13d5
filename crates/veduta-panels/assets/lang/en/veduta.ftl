# Veduta in English. The other languages have the same keys with the same variables; a test compares them.
# Numbers and times arrive printed by locale ($shown, $offset …); $count only chooses between singular and plural.

## Values and times

value-yes = yes
value-no = no
unit-day-short = d
age-now = just now
age-seconds = { $count ->
    [one] { $count } second ago
   *[other] { $count } seconds ago
}
age-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
age-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
age-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

## Kinds of city objects

kind-building = Building
kind-building-part = Building part
kind-installation = Building installation
kind-room = Room
kind-relief = Terrain
kind-assumed-ground = Ground (assumed)
kind-vegetation = Vegetation
kind-road = Road
kind-railway = Railway
kind-water = Water body
kind-land-use = Land use
kind-furniture = City furniture
kind-bridge = Bridge
kind-tunnel = Tunnel
kind-group = Group
kind-tileset = Tileset
kind-window = Window
kind-door = Door
kind-interior = Interior
kind-storey = Storey
kind-unit = Unit
kind-furnishing = Furniture inside
kind-tree = Tree
kind-plant-cover = Plant cover
kind-traffic = Traffic area
kind-track = Path
kind-square = Square
kind-section = Road section
kind-traffic-area = Lane or verge
kind-waterway = Waterway
kind-construction = Other construction
kind-generic = Generic object
kind-design = Design
kind-other = Other object

## Kinds of entities

entity-air-quality = Air quality
entity-noise = Noise
entity-traffic = Traffic
entity-parking = Parking
entity-street-light = Street light
entity-indoor = Indoor air
entity-solar = Solar power
entity-charging = Charging station
entity-weather = Weather
entity-water = Water
entity-other = Sensor

## How fresh a value is

freshness-fresh = fresh
freshness-late = late
freshness-silent = silent
freshness-unknown = no value

## How bad something is

severity-information = Information
severity-warning = Warning
severity-error = Error

## Panes

pane-scene = Scene
pane-layers = Layers
pane-inspector = Inspector
pane-legend = Legend
pane-diagnostics = Diagnostics
pane-timeline = Timeline

## Lists

search-clear = Clear
search-nothing = Nothing found

## Made-up data

synthetic = Synthetic data
synthetic-meaning = All data in this scene are made up. They describe no real place.

## Layers

layers-scenarios = Scenarios
layers-overlays = Overlays
layers-objects = City objects
layers-empty = No city objects yet. They appear here as files are read.
layers-filter = Filter layers
layers-show = Show { $name }
layers-fold = Fold { $name }
layers-unfold = Unfold { $name }
layers-isolate = Show only this
layers-level-automatic = Finest
layers-level = Level of detail of { $name }: { $level }
layers-groups = Groups
layers-group-members = { $count ->
    [one] { $shown } object
   *[other] { $shown } objects
}
layers-more-groups = { $count ->
    [one] and { $count } more. Filter to see it.
   *[other] and { $count } more. Filter to see them.
}

## Scenarios and comparison

scenario-baseline = Baseline
scenario-left = Scenario on the left
scenario-right = Scenario on the right
compare-left = Left
compare-right = Right
compare-start = Compare side by side
compare-stop = End comparison
compare-difference = Difference
compare-better = better
compare-worse = worse

## Inspector

inspector-empty = Click a building or a marker to see what is known of it.
inspector-objects = City objects
inspector-live = Live entities
inspector-crs = Reference system
inspector-deselect = Deselect
inspector-fly = Fly there
inspector-look-inside = Look inside
inspector-copy-id = Copy the identifier
inspector-scenario = Part of scenario “{ $name }”
inspector-entities = Sensors here
inspector-attributes = Attributes
inspector-filter = Filter attributes
inspector-none-listed = No attribute contains this text.
inspector-derived = Computed by Veduta, not stated by the source
inspector-whole = Part of
inspector-parts = { $count ->
    [one] { $count } part
   *[other] { $count } parts
}
inspector-surface = Surface clicked
inspector-relations = Refers to
inspector-not-loaded = Not loaded
inspector-more = and { $count } more
inspector-source = Source
inspector-values = Values
inspector-chart = { $attribute } over time
inspector-show-chart = Show { $attribute } over time
inspector-belongs-to = Belongs to
chart-empty = No values in this span

## Legend

legend-empty = Switch on an overlay to see its legend.
legend-hide = Hide { $name }
legend-close = Close the legend
legend-no-data = No data: { $count }
legend-sensors = { $count ->
    [one] { $shown } sensor
   *[other] { $shown } sensors
}
legend-scale = Colour scale from { $low } to { $high } { $unit }
legend-freshness = Age of values
legend-surfaces = Surfaces

## Timeline

timeline-live = LIVE
timeline-is-live = Live: the scene follows the present
timeline-go-live = { $offset } from the present. Return to live.
timeline-play = Play
timeline-pause = Pause
timeline-step-back = { $step } back
timeline-step-on = { $step } on
timeline-speed = Speed
timeline-speed-live = Leave live to choose a speed
timeline-fit = Show all that is known
timeline-closer = Look closer
timeline-wider = Look wider
timeline-track = Shown moment
timeline-dates = Obey construction dates: show objects only while they exist
timeline-change-before = To the change before
timeline-change-after = To the next change

## Diagnostics

diagnostics-empty = Nothing to report: all that was read was understood.
diagnostics-filter = Filter diagnostics
diagnostics-none-listed = No diagnostic contains this text.
diagnostics-copy = Copy all listed
diagnostics-show-severity = { $severity }: { $count }
diagnostics-more = and { $count } more. Filter to see them.
diagnostics-select = Select { $object }

## Status line

status-settled = Settled
status-settled-meaning = Everything in view has been loaded and drawn.
status-loading = Loading { $shown }
status-failed = { $count ->
    [one] { $count } failed
   *[other] { $count } failed
}
status-problems = { $count ->
    [one] { $count } problem. Open the diagnostics.
   *[other] { $count } problems. Open the diagnostics.
}
status-objects = { $shown } objects
status-triangles = { $shown } triangles
status-tiles = { $shown } tiles
status-frames = { $shown } fps
status-scale = This bar is { $length } long on the ground
link-connected = connected
link-connecting = connecting
link-broken = not reachable

## Top bar

toolbar-start = Start screen
toolbar-home = First view; again: whole scene
toolbar-north = Face north. Looking { $heading }° from north.
toolbar-viewpoints = Views
toolbar-search = Search objects and addresses
toolbar-compare = Compare two scenarios
toolbar-sun = Sun and shadows
toolbar-screenshot = Save a picture
toolbar-settings = Panes and appearance
toolbar-help = Keys and mouse
sun-follows-clock = Sun follows the clock
sun-time = Time of day
sun-shadows = Shadows
sun-place = Sun at { $azimuth }°, { $altitude }° above the horizon
toolbar-look = Look of the surfaces
toolbar-inside = Look inside
look-surfaces = Surfaces
look-semantic = Coloured by kind
look-neutral = White model
look-themes = Themes of the sources
look-no-themes = The sources bring no textures or materials.
look-unnamed-theme = Theme without a name
inside-roofs = Take off roofs and ceilings
inside-interiors = Show rooms and furniture
inside-no-interiors = The loaded models have no rooms.
inside-cut = Cut
inside-cut-on = Cut at a height
inside-height = Height of the cut
inside-height-meaning = above the foot of each building
inside-storey = Look into storey { $name }
inside-storeys-assumed = Storeys of equal height assumed
inside-everything = All buildings
inside-only = Only { $name }
inside-select-first = Only the selected building
inside-reset = Put everything back
settings-panes = Panes
settings-reset-layout = Reset the layout
settings-theme = Theme
settings-language = Language
settings-scale = Size
settings-smaller = Smaller
settings-larger = Larger
theme-system = System
theme-light = Light
theme-dark = Dark

## Keys and mouse

help-mouse = Mouse and trackpad
help-mouse-pan = Left drag
help-mouse-orbit = Middle drag, Ctrl + left drag
help-mouse-zoom = Wheel, right drag, pinch
help-mouse-select = Click
help-keys = Keyboard
help-key-home = Home
help-key-north = N
help-key-focus = F
help-key-zoom = + and −
help-key-height = Page up, Page down
help-key-move = Arrows, W A S D
help-key-turn = Q, E, Shift + arrows
help-key-views = 1 to 9
help-key-search = Ctrl + F
help-key-escape = Esc
help-time = Time
help-key-space = Space
help-key-end = End
help-key-step = Comma, full stop
help-key-bar = Arrows over the timeline
help-does-pan = Move
help-does-orbit = Turn about the point grabbed
help-does-zoom = Zoom towards the pointer
help-does-zoom-middle = Zoom
help-does-select = Select
help-does-home = First view; again: whole scene
help-does-north = Face north
help-does-focus = Fly to the selected object
help-does-height = Rise and sink
help-does-move = Move
help-does-turn = Turn and tilt
help-does-views = Stored views
help-does-search = Search
help-does-escape = Deselect
help-does-play = Play and pause
help-does-live = Return to live
help-does-step = One step back, one on
help-does-bar = Step; Shift: further; Ctrl: to the next observation

## Start screen

start-claim = A city, its sensors and its futures.
start-version = Version { $version }
start-opening = Opening { $target } …
start-bundled = Scenes that come with Veduta
start-open = Open your own
start-target = Path or address: scene file, CityGML, CityJSON or tileset.json
start-open-button = Open
start-browse-file = File
start-browse-folder = Folder
start-drop = Or drop a file or a folder anywhere on this window.
start-recent = Recent
start-open-bundled = Open { $title }
start-open-recent = Open { $title } again
start-forget = Forget { $title }
start-missing = no longer there

## File browser

browser-title-file = Open a file
browser-title-folder = Open a folder
browser-scenes = Scenes and city models
browser-all-files = All files
browser-reload = Reload
browser-working-folder = Go to the working folder
browser-show-hidden = Show hidden files
browser-show-system = Show system files
browser-pinned = Pinned
browser-places = Places
browser-devices = Devices
browser-removable = Removable devices
browser-home = Home
browser-desktop = Desktop
browser-documents = Documents
browser-downloads = Downloads
browser-audio = Audio
browser-pictures = Pictures
browser-videos = Videos
browser-pin = Pin
browser-unpin = Unpin
browser-rename = Rename
browser-selected-folder = Selected folder:
browser-selected-file = Selected file:
browser-file-name = File name:
browser-cancel = Cancel
browser-empty-name = A folder needs a name.
browser-folder-exists = There is a folder of that name already.

## Notices

notice-dismiss = Dismiss
notice-night = It is night there. Shown in the light of the afternoon.
notice-night-advice = The sun in the top bar has other times of day.
notice-farther = { $count ->
    [one] { $count } object lies far from here
   *[other] { $count } objects lie far from here
}
notice-farther-advice = Home shows everything, Home again comes back.
notice-other-time = None of this exists today. Shown is { $date }, when it does.
notice-other-time-advice = The calendar beside the speed disregards dates.

## The app: quality, indicators, surfaces

quality-software = software drawing
quality-full = full quality
quality-still = still picture
indicator-buildings = Buildings
indicator-footprint = Built-up area
indicator-gross-volume = Enclosed volume
indicator-gross-floor-area = Gross floor area
indicator-greatest-height = Greatest height
surface-roof = Roofs
surface-wall = Walls
surface-window = Windows
surface-traffic = Roads and squares
surface-terrain = Terrain
surface-water = Water
surface-vegetation = Plants
attribute-height = Height
attribute-lod = Level of detail (LoD)
module-building = Buildings
module-bridge = Bridges
module-tunnel = Tunnels
module-construction = Other constructions
module-transportation = Transportation
module-vegetation = Vegetation
module-water = Water
module-relief = Terrain
module-furniture = City furniture
module-land-use = Land use
module-generics = Generics
module-groups = Groups
module-interior = Interior
module-other = Other
attribute-exists-from = Exists from
attribute-exists-until = Exists until
attribute-level-of = { $shown } of { $all }
relation-member = Members
surface-of-roof = Roof
surface-of-wall = Wall
surface-of-ground = Ground slab
surface-of-closure = Closure
surface-of-outer-ceiling = Outer ceiling
surface-of-outer-floor = Outer floor
surface-of-floor = Floor
surface-of-ceiling = Ceiling
surface-of-interior-wall = Interior wall
surface-of-window = Window
surface-of-door = Door
