from django.core import checks


@checks.register(checks.Tags.urls)
def every_address_has_a_policy(app_configs, **kwargs):
    from .addresses import walk

    return [
        checks.Error(
            f"The address {address.route} has no policy: mark its view with rights.needs(…) or its kin.",
            id="rights.E001",
        )
        for address in walk()
        if address.policy is None
    ]
