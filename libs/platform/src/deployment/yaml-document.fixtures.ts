import { parsers } from 'prettier/plugins/yaml';

/** A node of the parser's tree, as far as it is read here. */
interface YamlNode {
  readonly type: string;
  readonly value?: string;
  readonly anchor?: { readonly value: string } | null;
  readonly children?: readonly (YamlNode | null)[];
}

type Entries = Record<string, unknown>;

/** The first document of a text in YAML: scalars are texts, `<<` merges what an alias names. */
export function yamlDocument(text: string): unknown {
  const parse = parsers.yaml.parse as (text: string, options: object) => YamlNode;
  const body = parse(text, {}).children?.[0]?.children?.[1];
  return valueOf(body?.children?.[0], new Map());
}

function valueOf(node: YamlNode | null | undefined, anchors: Map<string, unknown>): unknown {
  if (!node) return null;
  const value = contentOf(node, anchors);
  if (node.anchor) anchors.set(node.anchor.value, value);
  return value;
}

function contentOf(node: YamlNode, anchors: Map<string, unknown>): unknown {
  const children = node.children ?? [];
  switch (node.type) {
    case 'mapping':
    case 'flowMapping':
      return entriesOf(children, anchors);
    case 'sequence':
    case 'flowSequence':
      return children.map((item) => valueOf(item?.children?.[0], anchors));
    case 'alias':
      if (!anchors.has(node.value ?? '')) throw new Error(`*${node.value} names no anchor`);
      return anchors.get(node.value ?? '');
    case 'null':
      return null;
    default:
      if (node.value === undefined) throw new Error(`${node.type} is not read`);
      return node.value;
  }
}

function entriesOf(items: readonly (YamlNode | null)[], anchors: Map<string, unknown>): Entries {
  const merged: Entries = {};
  const own: Entries = {};
  for (const item of items) {
    const [key, value] = (item?.children ?? []).map((part) =>
      valueOf(part?.children?.[0], anchors),
    );
    if (key === '<<') Object.assign(merged, value);
    else if (Object.hasOwn(own, String(key))) throw new Error(`${String(key)} stands twice`);
    else own[String(key)] = value ?? null;
  }
  return { ...merged, ...own };
}
