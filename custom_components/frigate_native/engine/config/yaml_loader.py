"""YAML as configurations need it: aliases bounded, numbers with their source, keys as they are written."""

from typing import Final, override

import yaml

from .written_numbers import WrittenFloat, WrittenInt

_MOST_VALUES: Final = 100_000  # of a file, its aliases expanded; two hundred cameras with all keys have half of that
_TEXT_PER_VALUE: Final = 200  # characters of a text that count as one value
_TAG: Final = "tag:yaml.org,2002:"
_KEPT_KEYS: Final = frozenset({f"{_TAG}bool", f"{_TAG}null", f"{_TAG}float"})


class YamlProblem(yaml.MarkedYAMLError):
    """YAML that cannot be used; mend says what would be right."""

    def __init__(self, problem: str, mend: str, node: yaml.Node) -> None:
        super().__init__(None, None, problem, node.start_mark)
        self.mend = mend


class ConfigLoader(yaml.SafeLoader):
    """Reads plain YAML."""

    @override
    def get_single_node(self) -> yaml.Node | None:
        """Return the document; raises YamlProblem when its aliases expand to more than a configuration needs."""
        root: yaml.Node | None = super().get_single_node()
        if root is not None:
            _count(root, {})
        return root

    def _int(self, node: yaml.ScalarNode) -> WrittenInt:
        return WrittenInt(self.construct_yaml_int(node), node.value)

    def _float(self, node: yaml.ScalarNode) -> WrittenFloat:
        return WrittenFloat(self.construct_yaml_float(node), node.value)

    def _text(self, node: yaml.ScalarNode) -> str:
        return str(node.value)

    @override
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Return a mapping; a key such as `on` is a name, not true."""
        for key, _ in node.value if node.id == "mapping" else ():  # not so for a list with the tag !!map
            if isinstance(key, yaml.ScalarNode) and key.tag in _KEPT_KEYS:
                key.tag = f"{_TAG}str"
        mapping: dict[object, object] = super().construct_mapping(node, deep)
        return mapping


def _count(node: yaml.Node, known: dict[int, int | None]) -> int:
    """Return how many values a node is once its aliases are expanded; known has the nodes met, None within one."""
    if id(node) in known:
        if (count := known[id(node)]) is None:
            raise YamlProblem("an alias stands inside its own anchor", "an alias behind the anchor's end", node)
        return count
    known[id(node)] = None
    if isinstance(node, yaml.ScalarNode):
        count = 1 + len(node.value) // _TEXT_PER_VALUE
    elif isinstance(node, yaml.MappingNode):
        count = 1 + sum(_count(part, known) for pair in node.value for part in pair)
    else:
        count = 1 + sum(_count(part, known) for part in node.value)
    if count > _MOST_VALUES:
        problem = f"more than {_MOST_VALUES:,} values from here on, with aliases (*name) expanded"
        raise YamlProblem(problem, "write fewer aliases of aliases", node)
    known[id(node)] = count
    return count


# How PyYAML registers constructors; a date is a text here, as no key is meant to be one.
ConfigLoader.add_constructor(f"{_TAG}int", ConfigLoader._int)  # noqa: SLF001
ConfigLoader.add_constructor(f"{_TAG}float", ConfigLoader._float)  # noqa: SLF001
ConfigLoader.add_constructor(f"{_TAG}timestamp", ConfigLoader._text)  # noqa: SLF001
