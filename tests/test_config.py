"""config.toml: read strictly, and every error names file, line and key."""

import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acterm import paths
from acterm.config import AccountConfig, Config, load
from acterm.errors import ConfigError, Exit
from acterm.server import Security, Server

WHOLE = """\
language = "fr"

[[accounts]]
address = "camille.lefevre@ac-amiens.fr"
name = "Camille Lefèvre"
login = "clefevre"
imap = { host = "imap.ac-amiens.fr", port = 993, security = "tls" }
smtp = { host = "smtp.ac-amiens.fr", port = 465, security = "tls" }
password_command = ["pass", "academie"]
ca_file = "/etc/ssl/school.pem"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the test writes its configuration."""
    return tmp_path / "config.toml"


def _load(file: Path, text: str) -> Config:
    file.write_text(text, "utf-8")
    return load(file)


def test_without_a_file_there_is_nothing_to_configure(file: Path) -> None:
    assert load(file) == Config()


def test_the_example_of_the_documentation_is_read_whole(file: Path) -> None:
    config = _load(file, WHOLE)
    assert config.language == "fr"
    assert config.accounts == (
        AccountConfig(
            address="camille.lefevre@ac-amiens.fr",
            name="Camille Lefèvre",
            login="clefevre",
            imap=Server("imap.ac-amiens.fr", 993),
            smtp=Server("smtp.ac-amiens.fr", 465),
            password_command=("pass", "academie"),
            ca_file=Path("/etc/ssl/school.pem"),
        ),
    )


def test_only_the_address_is_required(file: Path) -> None:
    config = _load(file, '[[accounts]]\naddress = "a@b.test"\n')
    assert config.accounts == (AccountConfig("a@b.test"),)


def test_ports_and_security_have_the_usual_values(file: Path) -> None:
    config = _load(
        file,
        '[[accounts]]\naddress = "a@b.test"\nimap = { host = "i.test" }\n'
        'smtp = { host = "s.test", port = 587, security = "starttls" }\n',
    )
    (account,) = config.accounts
    assert account.imap == Server("i.test", 993)
    assert account.smtp == Server("s.test", 587, Security.STARTTLS)


def test_plain_text_is_for_this_machine(file: Path) -> None:
    config = _load(
        file,
        '[[accounts]]\naddress = "a@b.test"\n'
        'imap = { host = "127.0.0.1", port = 1143, security = "plain" }\n',
    )
    assert config.accounts[0].imap == Server("127.0.0.1", 1143, Security.PLAIN)


ACCOUNT = '[[accounts]]\naddress = "a@b.test"\n'


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("lang = 'fr'\n", 1, "lang"),
        ('\n\nlanguage = "de"\n', 3, "language"),
        ("language = 3\n", 1, "language"),
        ("accounts = 3\n", 1, "accounts"),
        ('accounts = ["a@b.test"]\n', 1, "accounts"),
        ("[[accounts]]\nlogin = 'x'\n", 1, "address"),
        ("[[accounts]]\naddress = 'camille'\n", 2, "address"),
        ("[[accounts]]\naddress = 3\n", 2, "address"),
        (ACCOUNT + "passwd = 'x'\n", 3, "passwd"),
        (ACCOUNT + "name = 3\n", 3, "name"),
        (ACCOUNT + 'name = "a\\u001bb"\n', 3, "name"),
        (ACCOUNT + "\n# imap\nimap = 'i.test'\n", 5, "imap"),
        (ACCOUNT + "imap = { port = 993 }\n", 3, "host"),
        (ACCOUNT + "imap = { host = 'i.test', port = 'x' }\n", 3, "port"),
        (ACCOUNT + "imap = { host = 'i.test', port = 0 }\n", 3, "port"),
        (ACCOUNT + "imap = { host = 'i.test', port = true }\n", 3, "port"),
        (ACCOUNT + "imap = { host = 'i.test:993' }\n", 3, "host"),
        (ACCOUNT + "imap = { host = 'i.test', security = 'ssl' }\n", 3, "security"),
        (ACCOUNT + "smtp = { host = 's.test', security = 'plain' }\n", 3, "security"),
        (ACCOUNT + "imap = { host = 'i.test', tls = true }\n", 3, "tls"),
        (ACCOUNT + "password_command = 'pass academie'\n", 3, "password_command"),
        (ACCOUNT + "password_command = []\n", 3, "password_command"),
        (ACCOUNT + "password_command = ['pass', 3]\n", 3, "password_command"),
        (ACCOUNT + "[[accounts]]\nname = 'x'\naddress = 'A@B.test'\n", 5, "address"),
        (ACCOUNT + "[[accounts]]\naddress = 'c@d.test'\nport = 3\n", 5, "port"),
        (ACCOUNT + "imap = { host = 'i.test', port = 993 }\nport = 993\n", 4, "port"),
        (
            ACCOUNT + "imap = { host = 'i.test', port = 993 }\n"
            "smtp = { host = 's.test', port = 'x' }\n",
            *(4, "port"),
        ),
        (ACCOUNT + "[accounts.smtp]\nport = 1\n" + "[[ accounts ]]\nhost = 1\n", 3, "host"),
        ("accounts = [{ address = 'a@b.test', port = 1 }]\n", 1, "port"),
        (ACCOUNT + "'ca_file' = 3\n", 3, "ca_file"),
        (ACCOUNT + "[accounts.imap]\nhost = 'i.test'\nport = -1\n", 5, "port"),
    ],
)
def test_an_error_names_file_line_and_key(file: Path, text: str, line: int, key: str) -> None:
    with pytest.raises(ConfigError) as problem:
        _load(file, text)
    assert problem.value.title.startswith(f"{file}, ligne {line}, {key}\u00a0:")
    assert problem.value.exit_code == Exit.CONFIGURATION


def test_what_is_no_toml_is_told_with_its_line(file: Path) -> None:
    with pytest.raises(ConfigError, match="line 2"):
        _load(file, "language = 'fr'\nimap =\n")


def test_a_file_that_cannot_be_read_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(ConfigError, match="ne peut pas être lu"):
        load(file)
    file.rmdir()
    file.write_bytes(b"name = '\xe9'\n")
    with pytest.raises(ConfigError, match="ne peut pas être lu"):
        load(file)


def test_reading_changes_nothing(file: Path) -> None:
    file.write_text(WHOLE, "utf-8")
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    load(file)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.recursive(
        st.sampled_from(["3", "true", "'x'", "[]", "1979-05-27", "''"]),
        lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        max_leaves=4,
    ),
    st.sampled_from(
        ["language", "accounts", "address", "imap", "smtp", "password_command", "ca_file", "x"]
    ),
)
def test_any_value_anywhere_is_read_or_told(file: Path, value: str, key: str) -> None:
    for text in (f"{key} = {value}\n", f"{ACCOUNT}{key} = {value}\n"):
        try:
            _load(file, text)
        except ConfigError as problem:
            assert str(file) in str(problem)


def test_one_variable_moves_every_file(home: Path) -> None:
    assert paths.config_file() == home / "config.toml"
    assert not home.exists()
    assert paths.existing_store() is None
    assert paths.store_file() == home / "acterm.db"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_home_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ACTERM_HOME", str(tmp_path / "file" / "acterm"))
    with pytest.raises(ConfigError, match="ACTERM_HOME"):
        paths.data_folder()
