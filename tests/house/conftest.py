from tests.house.rich import rich

__all__ = ["rich"]
