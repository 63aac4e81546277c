from quartierwerk.tenants.models import Tenant

from .registry import DataClass, TenantExport, register

# Declared here, one line above it: tenants stand below the registry.
register(
    Tenant,
    purpose="The controllers of this installation and how to reach them",
    default=DataClass.PUBLIC,
    export=TenantExport.NOT,  # travels as the head of its own export
)
