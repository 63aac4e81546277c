from django.core import checks

from .registry import DataClass, Retention, all_records, undeclared


@checks.register()
def every_model_is_declared(app_configs, **kwargs):
    found = [
        checks.Error(
            f"{model._meta.label} declares no data class, purpose and retention. Add it to records.py of its package.",
            obj=model,
            id="privacy.E001",
        )
        for model in undeclared()
    ]
    for record in all_records():
        name = record.model._meta.label
        classes = {record.default, *record.fields.values()}
        if DataClass.SPECIAL in classes:
            found.append(
                checks.Error(
                    f"{name} declares specially protected data, whose storage does not exist yet.",
                    id="privacy.E002",
                )
            )
        if record.personal_fields():
            if record.retention == Retention.WHILE_NEEDED:
                found.append(
                    checks.Error(f"{name} holds personal data without a deletion class.", id="privacy.E003")
                )
            if not record.factory:
                found.append(
                    checks.Error(f"{name} holds personal data without a factory.", id="privacy.E004")
                )
    return found
