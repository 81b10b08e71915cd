from tests.house.rich import opened, rich

__all__ = ["opened", "rich"]
