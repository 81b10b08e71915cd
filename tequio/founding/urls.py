from django.urls import path

from tequio.founding import views

app_name = "founding"
urlpatterns = [
    path("", views.front, name="front"),
    path("care/", views.care, name="care"),
    path("charter/", views.charter, name="charter"),
    path("charter/areas/", views.areas, name="areas"),
    path("charter/sharing/", views.sharing, name="sharing"),
    path("charter/ratify/", views.ratify, name="ratify"),
    path("charter/articles/<slug:key>/", views.article, name="article"),
    path("charter/articles/<slug:key>/change/", views.propose_change, name="propose-change"),
    path("charter/remarks/<int:number>/withdraw/", views.withdraw_remark, name="withdraw-remark"),
    path("charter/articles/<slug:key>/<slug:language>/", views.translate, name="translate"),
    path("charter/consent/", views.consent, name="consent"),
    path("charter/consent/<slug:key>/", views.article_consent, name="article-consent"),
    path("charter/changes/", views.changes, name="changes"),
    path("charter/changes/<uuid:uuid>/", views.change, name="change"),
    path("charter/changes/<uuid:uuid>/amend/", views.amend_change, name="amend-change"),
    path("charter/documents/", views.documents, name="documents"),
    path("charter/documents/<slug:language>.<slug:kind>", views.document, name="document"),
    path("charter/model/", views.model_file, name="model-file"),
    path("charter/model.json", views.model_json, name="model-json"),
    path("charter/versions/", views.charter_versions, name="charter-versions"),
    path("charter/versions/<int:version>/", views.charter_version, name="charter-version"),
    path("planning/", views.planning, name="planning"),
    path("found/", views.path, name="path"),
    path("found/invite/", views.invite, name="invite"),
    path("found/compare/", views.compare, name="compare"),
    path("found/others/<slug:question>/", views.others, name="others"),
    path("found/step/<int:step>/", views.step, name="step"),
    path("found/text/<slug:question>/", views.text, name="text"),
    path("found/<slug:topic>/", views.topic, name="topic"),
]
