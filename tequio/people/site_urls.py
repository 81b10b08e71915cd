"""Addresses outside any network: coming in, and one's own account.

Of allauth only passkeys, the authenticator app and its spare codes are here; there are no passwords.
"""

from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn.views import remove_webauthn
from django.urls import include, path

from tequio.people.views import accounts, entering, passkeys, recovery

account = (
    [
        path("entrar/codigo/", entering.code, name="code"),
        path("entrar/demo/<str:token>/", entering.demo, name="demo"),
        path("entrar/enlace/<str:token>/", entering.link, name="link"),
        path("entrar/invitacion/<slug:where>/<str:token>/", entering.invitation, name="invitation"),
        path("entrar/sin-acceso/", recovery.lost, name="lost"),
        path("entrar/sin-acceso/codigo/", recovery.lost_code, name="lost-code"),
        path("entrar/sin-acceso/pedido/", recovery.lost_asked, name="lost-asked"),
        path("entrar/sin-acceso/no/<slug:where>/<str:token>/", recovery.refuse, name="recovery-refuse"),
        path("entrar/adios/", accounts.left, name="left"),
        path("cuenta/", accounts.account, name="account"),
        path("cuenta/dispositivos/otros/", accounts.sign_out_others, name="sign-out-others"),
        path("cuenta/dispositivos/todos/", entering.leave_all, name="sign-out-all"),
        path("cuenta/dispositivos/<str:key>/", accounts.device, name="device"),
        path("cuenta/direccion/", accounts.address, name="address"),
        path("cuenta/direccion/codigos/", accounts.address_codes, name="address-codes"),
        path("cuenta/mis-datos/", accounts.my_data, name="my-data"),
        path("cuenta/irme/", accounts.leave, name="leave"),
    ],
    "account",
)

urlpatterns = [
    path("", include(account)),
    path("entrar/", entering.enter, name="account_login"),
    path("entrar/salir/", entering.leave_device, name="account_logout"),
    path("entrar/llave/", passkeys.enter, name="mfa_login_webauthn"),
    path("entrar/segundo-paso/", mfa.authenticate, name="mfa_authenticate"),
    path("cuenta/confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("cuenta/confirmar/llave/", passkeys.confirm, name="mfa_reauthenticate_webauthn"),
    path("cuenta/formas-de-entrar/", accounts.ways, name="mfa_index"),
    path("cuenta/llaves/", accounts.ways, name="mfa_list_webauthn"),
    path("cuenta/llaves/nueva/", passkeys.add, name="mfa_add_webauthn"),
    path("cuenta/llaves/<int:pk>/quitar/", remove_webauthn, name="mfa_remove_webauthn"),
    path("cuenta/aplicacion/", app.activate_totp, name="mfa_activate_totp"),
    path("cuenta/aplicacion/quitar/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("cuenta/codigos-de-repuesto/", spare.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "cuenta/codigos-de-repuesto/nuevos/",
        spare.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
