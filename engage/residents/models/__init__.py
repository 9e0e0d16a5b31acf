from engage.residents.models.resident import Resident

__all__ = ["Resident"]
