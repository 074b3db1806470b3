"""A mail address with its display name (RFC 5322 §3.4)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Both parts have passed `clean()`. `address` may be empty or malformed in received mail."""

    name: str
    address: str

    @property
    def label(self) -> str:
        """The name, else the address: what a list shows."""
        return self.name or self.address

    @property
    def domain(self) -> str:
        """The lower-case domain, empty without one."""
        return self.address.rpartition("@")[2].lower() if "@" in self.address else ""

    def __str__(self) -> str:
        both = self.name and self.address
        return f"{self.name} <{self.address}>" if both else self.label
