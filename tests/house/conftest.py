from tests.house.rich import pages_opened, rich

__all__ = ["pages_opened", "rich"]
