"""Decide in process, by signed bundles, whether a model may be offered for a use in a place."""

from sangam_client.bundle import Bundle, BundleRefused
from sangam_client.deciding import Decision, Table
from sangam_client.keeping import Keeper
from sangam_client.meanings import Demand, Reason

__all__ = ["Bundle", "BundleRefused", "Decision", "Demand", "Keeper", "Reason", "Table"]
