from django.urls import include, path

from .bulk import staff as bulk
from .checking import staff as checks
from .editing import staff, staff_copy, staff_edit, staff_editors
from .files import staff_export, staff_import, staff_own_list
from .mailing import staff as mailing
from .merging import staff as merging
from .requests import public as public_requests
from .requests import staff_on_behalf, staff_registrations
from .requests import staff_reports as staff_changes
from .showing import public, public_contacts
from .upkeep import public as upkeep_public
from .upkeep import staff as upkeep_staff

_public = [
    path("offers/", public.offers, name="offers"),
    path("offers/<uuid:pk>/", public.offer, name="offer"),
    path("offers/<uuid:pk>/sheet.pdf", public.offer_pdf, name="offer_pdf"),
    path("offers/<uuid:pk>/dates.ics", public.offer_dates, name="offer_dates"),
    path("offers/<uuid:pk>/contacts.vcf", public.offer_contacts, name="offer_contacts"),
    path("offers/<uuid:pk>/register/", public_requests.register, name="register"),
    path("offers/<uuid:pk>/barrier/", public_requests.barrier, name="barrier"),
    path("offers/missing/", public_requests.missing, name="missing"),
    path("my-place/", public_requests.find_registration, name="find_registration"),
    path("my-place/<str:code>/", public_requests.registration, name="registration"),
    path("my-place/<str:code>/withdraw/", public_requests.withdraw, name="withdraw_registration"),
    path("contacts/", public_contacts.contact_finder_page, name="contact_finder"),
    path("actors/", public.actors, name="actors"),
    path("actors/<uuid:pk>/", public.actor, name="actor"),
    path("confirm/<str:token>/", upkeep_public.confirm, name="confirm"),
]
public_patterns = [path("", include((_public, "directory")))]

_staff = [
    path("offers/", staff.offers, name="offers"),
    path("offers/new/", staff_edit.add_offer, name="add_offer"),
    path("offers/several/", bulk.bulk_edit, name="bulk_edit"),
    path("offers/<uuid:pk>/", staff.offer, name="offer"),
    path("offers/<uuid:pk>/edit/", staff_edit.edit_offer, name="edit_offer"),
    path("offers/<uuid:pk>/copy/", staff_copy.copy, name="copy_offer"),
    path("offers/<uuid:pk>/registrations/", staff_registrations.registered, name="registrations"),
    path(
        "offers/<uuid:pk>/registrations/<uuid:registration>/place/",
        staff_registrations.give_place,
        name="give_place",
    ),
    path(
        "offers/<uuid:pk>/registrations/<uuid:registration>/decline/",
        staff_registrations.decline,
        name="decline_registration",
    ),
    path(
        "offers/<uuid:pk>/registrations/<uuid:registration>/free/",
        staff_registrations.free_place,
        name="free_place",
    ),
    path("offers/<uuid:pk>/merge/", merging.choose_offer, name="merge_offer"),
    path("offers/<uuid:pk>/merge/<uuid:other>/", merging.merge_offers, name="merge_offers"),
    path("offers/<uuid:pk>/publish/", staff.publish, name="publish"),
    path("offers/<uuid:pk>/withdraw/", staff.withdraw, name="withdraw"),
    path("offers/<uuid:pk>/barrier/", staff_on_behalf.add_barrier, name="add_barrier"),
    path("wishes/new/", staff_on_behalf.add_wish, name="add_wish"),
    path("import/", staff_import.imports, name="imports"),
    path("import/<uuid:pk>/columns/", staff_import.columns, name="import_columns"),
    path("import/<uuid:pk>/check/", staff_import.check, name="import_check"),
    path("import/<uuid:pk>/run/", staff_import.run, name="import_run"),
    path("import/<uuid:pk>/", staff_import.result, name="import_result"),
    path("import/<uuid:pk>/discard/", staff_import.discard, name="import_discard"),
    path("export/", staff_export.export, name="export"),
    path("organisations/", staff.organisations, name="organisations"),
    path("organisations/new/", staff_edit.add_organisation, name="add_organisation"),
    path("organisations/mail/", mailing.write, name="mailing"),
    path("organisations/mail/send/", mailing.send, name="send_mailing"),
    path("organisations/<uuid:pk>/edit/", staff_edit.edit_organisation, name="edit_organisation"),
    path("organisations/<uuid:pk>/merge/", merging.choose_organisation, name="merge_organisation"),
    path(
        "organisations/<uuid:pk>/merge/<uuid:other>/", merging.merge_organisations, name="merge_organisations"
    ),
    path("organisations/<uuid:pk>/editors/", staff_editors.editors, name="editors"),
    path("organisations/<uuid:pk>/list/", staff_own_list.own, name="own_list"),
    path("organisations/<uuid:pk>/list/file.xlsx", staff_own_list.download, name="own_list_file"),
    path("organisations/<uuid:pk>/list/<uuid:file>/", staff_own_list.check, name="own_list_check"),
    path("organisations/<uuid:pk>/list/<uuid:file>/run/", staff_own_list.run, name="own_list_run"),
    path(
        "organisations/<uuid:pk>/list/<uuid:file>/take-back/",
        staff_own_list.take_back,
        name="own_list_take_back",
    ),
    path("organisations/<uuid:pk>/list/<uuid:file>/accept/", staff_own_list.accept, name="own_list_accept"),
    path(
        "organisations/<uuid:pk>/list/<uuid:file>/decline/", staff_own_list.decline, name="own_list_decline"
    ),
    path("changes/", staff_changes.changes, name="changes"),
    path("changes/<uuid:pk>/done/", staff_changes.change_done, name="change_done"),
    path("changes/<uuid:pk>/declined/", staff_changes.change_declined, name="change_declined"),
    path("changes/<uuid:pk>/", checks.change, name="change"),
    path("changes/<uuid:pk>/accept/", checks.accept, name="change_accept"),
    path("changes/<uuid:pk>/decline/", checks.decline, name="change_decline"),
    path("changes/<uuid:pk>/take-back/", checks.take_back, name="change_take_back"),
    path("wishes/<uuid:pk>/", staff_changes.wish, name="wish"),
    path("wishes/<uuid:pk>/taken/", staff_changes.wish_taken, name="wish_taken"),
    path("wishes/<uuid:pk>/answered/", staff_changes.wish_answered, name="wish_answered"),
    path("confirmations/", upkeep_staff.confirmations, name="confirmations"),
    path("confirmations/ask/", upkeep_staff.ask_everybody, name="ask_everybody"),
    path("confirmations/<uuid:pk>/ask/", upkeep_staff.ask, name="entry_ask"),
    path("confirmations/<uuid:pk>/confirmed/", upkeep_staff.confirmed, name="entry_confirmed"),
    path("confirmations/<uuid:pk>/came-back/", upkeep_staff.came_back, name="entry_came_back"),
]
staff_patterns = [path("directory/", include((_staff, "directory_staff")))]
