from django.urls import path

from ..files import staff as files
from . import staff, staff_fields, staff_mapping

staff_pages = [
    path("", staff.matrix, name="matrix"),
    path("entries/", staff.entries, name="entries"),
    path("fields/", staff_fields.fields, name="fields"),
    path("fields/mapping/", staff_mapping.field_mapping, name="field_mapping"),
    path("fields/<uuid:pk>/", staff_fields.field, name="field"),
    path("fields/<uuid:pk>/map/", staff_fields.map_field, name="map_field"),
    path("fields/<uuid:pk>/merge/", staff_fields.merge_field, name="merge_field"),
    path("fields/<uuid:pk>/split/", staff_fields.split_field, name="split_field"),
    path("fields/<uuid:pk>/end/", staff_fields.end_field, name="end_field"),
    path("resources/new/", staff_fields.add_resource, name="add_resource"),
    path("resources/<uuid:pk>/", staff_fields.resource, name="resource"),
    path("import/", files.send, name="import"),
    path("import/<uuid:pk>/", files.check, name="import_check"),
    path("import/<uuid:pk>/run/", files.run, name="import_run"),
    path("export/", files.export, name="export"),
]
