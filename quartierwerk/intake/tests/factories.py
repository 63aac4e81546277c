from quartierwerk.intake.models import ImportFile


def import_file(
    token: str = "liste", account_id=None, content: bytes = b"Name\nSprachhaus\n", **values
) -> ImportFile:
    return ImportFile.objects.create(
        **{
            "file_name": f"{token}.csv",
            "source": token,
            "language": "de",
            "content": content,
            "size": len(content),
            "account_id": account_id,
            **values,
        }
    )
