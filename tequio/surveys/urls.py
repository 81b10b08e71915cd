"""Addresses of surveys, for those who ask."""

from django.urls import path

from tequio.surveys.views import (
    analysis,
    analysis_more,
    answered,
    answering,
    building,
    candidates,
    releasing,
    reports,
    states,
)

app_name = "surveys"
urlpatterns = [
    path("surveys/", building.surveys, name="list"),
    path("surveys/new/", building.new, name="new"),
    path("surveys/<slug:survey>/", building.survey, name="survey"),
    path("surveys/<slug:survey>/open/", states.open_, name="open"),
    path("surveys/<slug:survey>/close/", states.close, name="close"),
    path("surveys/<slug:survey>/reopen/", states.reopen, name="reopen"),
    path("surveys/<slug:survey>/new-version/", states.new_version, name="new-version"),
    path("surveys/<slug:survey>/drop-version/", states.drop_version, name="drop-version"),
    path("surveys/<slug:survey>/drop/", states.drop, name="drop"),
    path("surveys/<slug:survey>/results/", analysis.results, name="results"),
    path("surveys/<slug:survey>/results/table/", analysis.table, name="results-table"),
    path("surveys/<slug:survey>/results/table.<slug:sort>", analysis.file, name="results-file"),
    path("surveys/<slug:survey>/results/cities/", analysis_more.cities, name="results-cities"),
    path("surveys/<slug:survey>/results/compare/", analysis_more.compared, name="results-compare"),
    path("surveys/<slug:survey>/results/words/", analysis_more.words, name="results-words"),
    path("surveys/<slug:survey>/results/of/<path:column>/", analysis.question, name="results-question"),
    path("surveys/<slug:survey>/candidates/", candidates.make, name="make-candidates"),
    path("candidates/", candidates.candidates, name="candidates"),
    path("survey/<str:token>/", answering.answer, name="answer"),
    path("survey/<str:token>/<int:number>.css", answering.style, name="answer-style"),
    path("invited/<str:secret>/", answering.invited, name="invited"),
    path("reply/<str:secret>/", answering.reply, name="reply"),
    path("reply/<str:secret>/done/", answered.answered, name="answered"),
    path("surveys/<slug:survey>/report/", reports.report, name="report"),
    path("surveys/<slug:survey>/report/<int:number>/", reports.release, name="release"),
    path("surveys/<slug:survey>/report/<int:number>/tables.<str:kind>", reports.tables, name="tables"),
    path("surveys/<slug:survey>/report/<int:number>/data.zip", reports.package, name="package"),
    path("surveys/<slug:survey>/report/<int:number>/<str:language>.pdf", reports.paper, name="paper"),
    path("surveys/<slug:survey>/report/<int:number>/withdraw/", releasing.withdraw, name="withdraw"),
    path("surveys/<slug:survey>/publish/", releasing.publish, name="publish"),
    path("surveys/<slug:survey>/publish/now/", releasing.freeze, name="freeze"),
]
