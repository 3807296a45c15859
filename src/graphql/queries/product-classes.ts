/** `productClasses`: product classes by their ids and codes, exactly those, for programs that hold a list of SKUs. */
import { searchedId } from '../../shop/search/values.ts';
import { keysByExternalId } from '../../shop/store/client-data.ts';
import { existingKeys, keysByText } from '../../shop/store/looked-up.ts';
import { InvalidArgument } from '../errors.ts';
import type { Query, QueryContext } from '../extension-parts.ts';
import { MOST_LOOKED_UP, tooManyLookedUp } from '../looked-up.ts';
import type { OwnType } from '../mutation.ts';

type Args = {
  ids?: readonly string[] | null;
  codes?: readonly string[] | null;
  external_ids?: readonly string[] | null;
};

const lookUp: OwnType = {
  kind: 'object',
  name: 'ProductClassLookup',
  description: { ja: '商品規格の検索結果', en: 'What was found by ids and codes' },
  fields: {
    nodes: {
      type: '[ProductClass!]!',
      description: {
        ja: '見つかった商品規格。ids、codes、external_ids の順。1件が複数回現れることはありません',
        en: 'What was found, in the order of ids, of codes, then of external_ids; each once',
      },
    },
    missing: {
      type: '[String!]!',
      description: {
        ja: '該当のない ids、codes、external_ids',
        en: 'The ids, codes and external_ids that nothing has, as they were given',
      },
    },
    ambiguous: {
      type: '[AmbiguousProductCode!]!',
      description: {
        ja: '複数の商品規格が持つ商品コード。いずれも nodes に含まれます',
        en: 'Codes that more than one product class has; all of those are among the nodes',
      },
    },
  },
};

const ambiguousCode: OwnType = {
  kind: 'object',
  name: 'AmbiguousProductCode',
  description: { ja: '重複している商品コード', en: 'A code that is no one’s alone' },
  fields: {
    code: { type: 'String!', description: { ja: '商品コード', en: 'Product code' } },
    ProductClasses: { type: '[ProductClass!]!' },
  },
};

export const productClasses: Query = {
  name: 'productClasses',
  description: {
    ja: `商品規格をID・商品コード・外部IDで取得します（合わせて${MOST_LOOKED_UP}件まで、完全一致）。非表示の規格、廃止の商品の規格も対象です`,
    en: `Product classes by id, code or external id (${MOST_LOOKED_UP} in all, exact); hidden ones and those of abolished products too`,
  },
  example: `query {
  productClasses(ids: [4], codes: ["TNG-01-AI", "no-such-code"]) {
    nodes {
      id
      code
      stock
      price02
      price02_inc_tax
      tax_rate
      Product {
        id
        name
      }
    }
    missing
    ambiguous {
      code
      ProductClasses {
        id
        visible
      }
    }
  }
}`,
  args: {
    ids: {
      type: '[ID!]',
      description: { ja: '商品規格ID', en: 'IDs of product classes' },
      crosses: ['ProductClass'],
    },
    codes: {
      type: '[String!]',
      description: { ja: '商品コード', en: 'Product codes' },
      crosses: ['ProductClass'],
    },
    external_ids: {
      type: '[String!]',
      description: {
        ja: 'このクライアントが setExternalIds で登録した外部ID',
        en: 'IDs that this client has given with setExternalIds',
      },
      crosses: ['ProductClass'],
    },
  },
  types: [ambiguousCode, lookUp],
  type: 'ProductClassLookup!',
  run: async (context, given) => {
    const args = given as Args;
    const [ids, codes] = [[...new Set(args.ids ?? [])], [...new Set(args.codes ?? [])]];
    const externalIds = [...new Set(args.external_ids ?? [])];
    if (!args.ids && !args.codes && !args.external_ids)
      throw new InvalidArgument([{ argument: 'ids', text: NONE[context.locale] }]);
    if (ids.length + codes.length + externalIds.length > MOST_LOOKED_UP) {
      const last = args.external_ids ? 'external_ids' : args.codes ? 'codes' : 'ids';
      throw tooManyLookedUp(last, MOST_LOOKED_UP, context.locale);
    }
    const namespace = { clientId: context.principal.clientId, entity: 'ProductClass' };
    return found([
      [ids, await byKey(context, ids)],
      [codes, await keysByText(context, 'ProductClass', 'code', codes)],
      [externalIds, await keysByExternalId(context, namespace, externalIds)],
    ]);
  },
};

const NONE = {
  ja: 'ids、codes、external_ids のいずれかを指定してください。',
  en: 'Give ids, codes or external_ids.',
};

type Classes = ReadonlyMap<string, readonly number[]>;

/** What was given, each with the keys that it stands for. */
type LookedUp = readonly [values: readonly string[], keys: Classes];

function found([ids, codes, externalIds]: readonly [LookedUp, LookedUp, LookedUp]) {
  const all = [ids, codes, externalIds];
  return {
    nodes: [...new Set(all.flatMap(([values, keys]) => values.flatMap((value) => keys.get(value) ?? [])))],
    missing: all.flatMap(([values, keys]) => values.filter((value) => !keys.has(value))),
    ambiguous: codes[0].flatMap((code) => {
      const own = codes[1].get(code) ?? [];
      return own.length > 1 ? [{ code, ProductClasses: own }] : [];
    }),
  };
}

/** What can be no id is nothing's. */
async function byKey(context: QueryContext, ids: readonly string[]): Promise<Classes> {
  const keys = ids.flatMap((id) => {
    const key = searchedId(id);
    return key === undefined ? [] : [{ id, key }];
  });
  const there = await existingKeys(
    context,
    'ProductClass',
    keys.map(({ key }) => key),
  );
  return new Map(keys.filter(({ key }) => there.has(key)).map(({ id, key }) => [id, [key]]));
}
