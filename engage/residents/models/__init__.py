from engage.residents.models.block import LONGEST_BLOCK, Block
from engage.residents.models.resident import Resident

__all__ = ["LONGEST_BLOCK", "Block", "Resident"]
