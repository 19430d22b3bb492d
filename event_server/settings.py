"""Settings: environment variables ``GIROTONDO_*``, or a TOML file."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def default_data_folder() -> Path:
    """Return the folder for data where the XDG base directory specification puts it."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "girotondo"


def _split(value: Any) -> Any:
    """Return ``a, b c`` as a list: lists in the environment are written without brackets."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _origin(url: str) -> str:
    """Return ``url`` as an origin: scheme, host and port in lower case, nothing behind."""
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{url!r} is no address such as https://serata.example")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError(f"{url!r} must end with the host: Girotondo lives at the root of its address")
    return f"{parts.scheme}://{parts.netloc}".lower()


Origin = Annotated[str, AfterValidator(_origin)]
Listed = (NoDecode, BeforeValidator(_split))


class Settings(BaseSettings):
    """How this server runs.

    Attributes:
        data: Folder of database, secret and backups; made at the first start.
        host: Address to listen on. The default is reached from this machine only.
        public_urls: Addresses by which browsers reach the server, the first one is printed in links and QR
            codes. Without any, only this machine, ``*.local`` and its own addresses are accepted.
        trusted_proxies: Networks whose forwarded headers count; none by default.
        database_url: SQLAlchemy address; empty for SQLite in the data folder.
        log_format: ``console`` for people, ``json`` for machines.
        vacuum: Rewrite the database after an erasure, so that nothing stays in free pages.
        first_link_hours: How long the organizer's first link is valid.
        stop_seconds: How long a stopping server waits for requests that run.
    """

    model_config = SettingsConfigDict(env_prefix="GIROTONDO_", extra="forbid", frozen=True)

    data: Path = Field(default_factory=default_data_folder)
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_urls: Annotated[tuple[Origin, ...], *Listed] = ()
    trusted_proxies: Annotated[tuple[Network, ...], *Listed] = ()
    database_url: str = ""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"
    vacuum: bool = True
    first_link_hours: float = Field(default=24.0, gt=0, le=24 * 30)
    stop_seconds: int = Field(default=5, ge=1, le=60)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic gives it by name
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings come from, the strongest first."""
        sources = [init_settings, env_settings, file_secret_settings]
        if config := os.environ.get("GIROTONDO_CONFIG"):
            sources.append(TomlConfigSettingsSource(settings_cls, Path(config)))
        return tuple(sources)
