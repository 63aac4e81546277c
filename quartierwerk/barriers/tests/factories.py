from quartierwerk.barriers.models import BarrierReport


def report(token: str) -> BarrierReport:
    return BarrierReport.objects.create(words=token, reply_to=f"{token}@beispiel.example", language="de")
