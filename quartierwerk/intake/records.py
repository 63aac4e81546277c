from quartierwerk.privacy.registry import DataClass, Retention, TenantExport, register

from .models import ImportFile, SavedMapping

register(
    ImportFile,
    purpose="Lists that staff bring into a register, until they are in",
    default=DataClass.PERSONAL,
    fields=dict.fromkeys(
        ("id", "tenant", "kind", "language", "publish", "size", "sheet", "state", "at"), DataClass.INTERNAL
    ),
    person="account_id",
    withheld={
        "content": "concerns the people and organisations in the list, not its sender",
        "report": "names rows of the list",
    },
    retention=Retention.IMPORT_FILE,
    starts="at",
    factory="quartierwerk.intake.tests.factories:import_file",
    export=TenantExport.NOT,
)
register(SavedMapping, purpose="Reading a list that comes again", default=DataClass.INTERNAL)
