from engage.accounts.models.account import Account

__all__ = ["Account"]
