/** Makes Tegata's own tables with the dialect's options, so that they do not take on the encoding of an old shop's database. */
import {
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  RawNode,
  type RootOperationNode,
} from 'kysely';

export class TableOptions implements KyselyPlugin {
  readonly #options: string;

  constructor(options: string) {
    this.#options = options;
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (node.kind !== 'CreateTableNode' || this.#options === '') return node;
    const endModifiers = [...(node.endModifiers ?? []), RawNode.createWithSql(this.#options)];
    return { ...node, endModifiers };
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<typeof result> {
    return result;
  }
}
