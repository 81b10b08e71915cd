from django.urls import path

from tequio.elections.views import (
    ballots,
    ballots_tended,
    candidates,
    lots,
    lots_promised,
    lots_written,
    overview,
)
from tequio.elections.views import open as choosing

app_name = "elections"
urlpatterns = [
    path("ballots/", ballots.ballots, name="ballots"),
    path("ballots/new/", ballots.new, name="new"),
    path("ballots/<int:number>/", ballots.ballot, name="ballot"),
    path("ballots/<int:number>/options/", candidates.option, name="option"),
    path(
        "ballots/<int:number>/options/<int:option_number>/remove/",
        candidates.remove_option,
        name="remove-option",
    ),
    path(
        "ballots/<int:number>/options/<int:option_number>/statement/", candidates.statement, name="statement"
    ),
    path("ballots/<int:number>/weights/", ballots_tended.weights, name="weights"),
    path("ballots/<int:number>/more-time/", ballots_tended.extend, name="extend"),
    path("ballots/<int:number>/record/", ballots_tended.record, name="record"),
    path("ballots/<int:number>/open/", ballots.open_, name="open"),
    path("ballots/<int:number>/cast/", ballots.cast, name="cast"),
    path("ballots/<int:number>/close/", ballots.close, name="close"),
    path("ballots/<int:number>/papers/", ballots.papers, name="papers"),
    path("ballots/<int:number>/papers.json", ballots.file, name="file"),
    path("lots/", lots.lots, name="lots"),
    path("lots/new/", lots_written.hold, name="hold"),
    path("lots/<uuid:lot>/", lots.lot, name="lot"),
    path("lots/<uuid:lot>/open/", lots_written.open_, name="open-list"),
    path("lots/<uuid:lot>/row/", lots_written.row, name="row"),
    path("lots/<uuid:lot>/leave/", lots_written.leave, name="leave"),
    path("lots/<uuid:lot>/quotas/", lots_written.quotas, name="quotas"),
    path("lots/<uuid:lot>/close/", lots_written.freeze, name="freeze"),
    path("lots/<uuid:lot>/announce/", lots_written.announce, name="announce"),
    path("lots/<uuid:lot>/secrets/", lots_promised.ask, name="secrets"),
    path("lots/<uuid:lot>/promise/", lots_promised.promise, name="promise"),
    path("lots/<uuid:lot>/show/", lots_promised.show, name="show"),
    path("lots/<uuid:lot>/draw/", lots_written.draw, name="draw"),
    path("lots/<uuid:lot>/accept/", lots_written.accept, name="accept"),
    path("lots/<uuid:lot>/leave-seat/", lots_written.refuse, name="refuse"),
    path("lots/<uuid:lot>/next/<slug:code>/", lots_written.pass_over, name="pass-over"),
    path("lots/<uuid:lot>/call-off/", lots_written.cancel, name="cancel"),
    path("lots/<uuid:lot>/again/", lots_written.again, name="again"),
    path("lots/<uuid:lot>/steps/", lots.steps, name="steps"),
    path("lots/<uuid:lot>/lot.json", lots.lot_file, name="lot-file"),
    path("elections/", overview.overview, name="overview"),
    path("elections/open/", choosing.elections, name="elections"),
    path("elections/new/<uuid:circle>/", choosing.begin_election, name="begin"),
    path("elections/<uuid:uuid>/", choosing.election, name="election"),
    path("elections/<uuid:uuid>/mark/", choosing.election_mark, name="election-mark"),
    path("elections/<uuid:uuid>/step/", choosing.step_election, name="election-step"),
    path("elections/<uuid:uuid>/end/", choosing.end_election, name="election-end"),
]
