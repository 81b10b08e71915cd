"""All addresses. What lies below a network's own name is for that network (see core.pages)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tequio.web import living, views
from tequio.web.remembering import Remembering

site = (
    [
        path("", views.landing, name="landing"),
        path("language/", views.set_language, name="set-language"),
        path("colors/", views.choose_colors, name="colors"),
        path("accessibility/", views.accessibility, name="accessibility"),
        path("about/", views.about, name="about"),
        path("healthz", views.healthz, name="healthz"),
        path("<slug:network>/home/", views.home, name="home"),
    ],
    "web",
)

addresses: list[URLPattern | URLResolver] = [
    path("", include("tequio.people.site_urls")),
    path("", include("tequio.notify.site_urls")),
    path("", include("tequio.founding.site_urls")),
    path("", include("tequio.archive.site_urls")),
    path("", include(site)),
    path("<slug:network>/", include("tequio.founding.urls")),
    path("<slug:network>/", include("tequio.decisions.urls")),
    path("<slug:network>/", include("tequio.governance.urls")),
    path("<slug:network>/", include("tequio.elections.urls")),
    path("<slug:network>/", include("tequio.people.urls")),
    path("<slug:network>/", include("tequio.membership.urls")),
    path("<slug:network>/", include("tequio.surveys.urls")),
    path("<slug:network>/", include("tequio.atlas.urls")),
    path("<slug:network>/", include("tequio.archive.urls")),
    path("<slug:network>/", include("tequio.networks.urls")),
    path("<slug:network>/", include("tequio.register.urls")),
    path("<slug:network>/", include("tequio.notify.urls")),
]
if settings.DEBUG or settings.DEMO:
    addresses.insert(0, path("components/", living.components, name="components"))
urlpatterns = [Remembering(addresses)]

handler400 = "tequio.web.views.bad_request"
handler403 = "tequio.web.views.refused"
handler404 = "tequio.web.views.not_found"
handler500 = "tequio.web.views.broken"
