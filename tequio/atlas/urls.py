"""Addresses of the atlas: who is where, who works with whom, who could help whom."""

from django.urls import path

from tequio.atlas.views import (
    beyond,
    counting,
    events,
    matching,
    representation,
    rhythms,
    showcase,
    tables,
    ties,
)

app_name = "atlas"
urlpatterns = [
    path("atlas/", counting.atlas, name="atlas"),
    path("atlas/map/", counting.public_map, name="public-map"),
    path("atlas/ties/", ties.ties, name="ties"),
    path("atlas/ties/new/", ties.new_tie, name="new-tie"),
    path("atlas/ties/of/<uuid:uuid>/", ties.ties_of, name="ties-of"),
    path("atlas/ties/<uuid:uuid>/answer/", ties.answer_tie, name="answer-tie"),
    path("atlas/ties/<uuid:uuid>/end/", ties.end_tie, name="end-tie"),
    path("atlas/matrix/", ties.matrix, name="matrix"),
    path("atlas/events/", events.events, name="events"),
    path("atlas/kept/", rhythms.kept, name="kept"),
    path("atlas/representation/", representation.representation, name="representation"),
    path("atlas/representation/open/", showcase.open_showcase, name="open-showcase"),
    path("atlas/represented/", showcase.showcase, name="showcase"),
    path("atlas/tables/<slug:name>.<slug:kind>", tables.table, name="table"),
    path("atlas/open/<slug:name>.<slug:kind>", tables.public_table, name="public-table"),
    path("matches/", matching.matches, name="matches"),
    path("matches/away/", matching.away, name="away"),
    path("matches/beyond/", beyond.beyond, name="beyond"),
    path("matches/beyond/<uuid:uuid>/", beyond.beyond_one, name="beyond-one"),
    path("matches/beyond/<uuid:uuid>/away/", beyond.put_prospect_away, name="put-prospect-away"),
    path("matches/beyond/<uuid:uuid>/again/", beyond.take_prospect_up, name="take-prospect-up"),
    path("matches/<uuid:uuid>/", matching.match, name="match"),
    path("matches/<uuid:uuid>/away/", matching.put_away, name="put-away"),
    path("matches/<uuid:uuid>/again/", matching.take_up, name="take-up"),
    path("introductions/", matching.introductions, name="introductions"),
    path("introductions/asked/<uuid:uuid>/", beyond.send_bridge, name="send-bridge"),
    path("introductions/asked/<uuid:uuid>/back/", beyond.take_bridge_back, name="take-bridge-back"),
    path("introductions/asked/<uuid:uuid>/<slug:token>/", beyond.answer_bridge, name="answer-bridge"),
    path("introductions/<uuid:uuid>/", matching.introduction, name="introduction"),
    path("introductions/<uuid:uuid>/back/", matching.take_back, name="take-back"),
]
