"""YAML with `!secret name`, as in Home Assistant's files: the value of that name in secrets.yaml."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import yaml

from ..redact import remember_secret
from .yaml_loader import ConfigLoader, YamlProblem

FILE: Final = "secrets.yaml"
_OF_HOME_ASSISTANT: Final = frozenset(
    {
        *("!include", "!include_dir_list", "!include_dir_merge_list", "!include_dir_merge_named"),
        *("!include_dir_named", "!env_var", "!input"),
    }
)


class SecretLoader(ConfigLoader):
    """Reads plain YAML and secrets."""

    def __init__(self, content: bytes, folder: Path) -> None:
        """Read content; secrets are looked for in the folder, then in those above it, as Home Assistant does."""
        super().__init__(content)
        self._folder = folder

    def _secret(self, node: yaml.Node) -> object:
        name = node.value if isinstance(node, yaml.ScalarNode) else ""
        for secrets in self._files(node):
            if name in secrets:
                remember_secret(str(secrets[name]))
                return secrets[name]
        raise YamlProblem(
            f"there is no secret {name}", f"a line {name}: … in {FILE}, beside this file or above it", node
        )

    def _files(self, node: yaml.Node) -> Iterator[Mapping[object, object]]:
        for folder in (self._folder, *self._folder.parents):
            try:
                secrets = yaml.load((folder / FILE).read_bytes(), ConfigLoader)  # noqa: S506  # a safe loader
            except FileNotFoundError:
                continue
            except (OSError, ValueError, yaml.YAMLError) as error:  # whose text may hold a secret
                raise YamlProblem(f"{folder / FILE} cannot be read", "a file of names and values", node) from error
            if isinstance(secrets, Mapping):
                yield secrets

    def _unknown(self, node: yaml.Node) -> object:
        """Refuse a tag, without repeating it unless it is known: it may be a password that begins with `!`."""
        if node.tag in _OF_HOME_ASSISTANT:
            raise YamlProblem(f"{node.tag} is not supported", "write here what it stands for", node)
        raise YamlProblem(
            "a word after ! that is not known", "!secret, or quotes round a text that begins with !", node
        )


SecretLoader.add_constructor("!secret", SecretLoader._secret)  # noqa: SLF001  # how PyYAML registers tags
SecretLoader.add_constructor(None, SecretLoader._unknown)  # noqa: SLF001
