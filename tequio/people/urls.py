"""The pages of a network's organizations and people."""

from django.urls import path

from tequio.people.views import contacts, hosting, imports, organizations, people, recovery, showing, voices

app_name = "people"
urlpatterns = [
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/new/", organizations.new_organization, name="new-organization"),
    path("organizations/import/", imports.imports, name="imports"),
    path("organizations/import/<uuid:uuid>/", imports.import_, name="import"),
    path("organizations/import/<uuid:uuid>/rejected.csv", imports.rejected, name="import-rejected"),
    path("organizations/import/<uuid:uuid>/undo/", imports.undo_import, name="undo-import"),
    path("organizations/import/<uuid:uuid>/drop/", imports.drop_import, name="drop-import"),
    path("organizations/places/", organizations.places, name="places"),
    path("organizations/<uuid:uuid>/", organizations.organization, name="organization"),
    path("organizations/<uuid:uuid>/shown/", showing.organization_shown, name="organization-shown"),
    path("organizations/<uuid:uuid>/voice/", voices.voice, name="voice"),
    path("organizations/<uuid:uuid>/voice/<int:number>/end/", voices.end_voice, name="end-standing-in"),
    path("organizations/<uuid:uuid>/edit/", organizations.edit_organization, name="edit-organization"),
    path("organizations/<uuid:uuid>/merge/<uuid:other>/", organizations.merge_organization, name="merge"),
    path("organizations/<uuid:uuid>/part/", organizations.part_organization, name="part"),
    path("hosts/", hosting.hosts, name="hosts"),
    path("hosts/set/", hosting.set_hosts, name="set-hosts"),
    path("hosts/hand-over/", hosting.hand_over_consortium, name="hand-over-consortium"),
    path("hosts/ask/", hosting.ask_hosting, name="ask-hosting"),
    path("hosts/<int:number>/answer/", hosting.answer_hosting, name="answer-hosting"),
    path("hosts/<int:number>/end/", hosting.end_hosting, name="end-hosting"),
    path("members/", showing.members, name="members"),
    path("people/", people.people, name="people"),
    path("people/me/", people.me, name="me"),
    path("people/shown/", showing.my_shown, name="my-shown"),
    path("people/contacts/", contacts.contacts, name="contacts"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invitations/", people.invitations, name="invitations"),
    path("people/invitations/<int:number>/revoke/", people.revoke, name="revoke-invitation"),
    path("people/recovery/<uuid:uuid>/", recovery.recovery, name="recovery"),
    path("people/<uuid:uuid>/", people.person, name="person"),
    path("people/<uuid:uuid>/name/", people.rename, name="rename"),
    path("people/<uuid:uuid>/voice/", people.speak, name="speak"),
    path("people/<uuid:uuid>/duties/", people.set_duties, name="duties"),
    path("people/<uuid:uuid>/hand-over/", people.hand_over, name="hand-over"),
    path("people/<uuid:uuid>/end/", people.end, name="end"),
]
