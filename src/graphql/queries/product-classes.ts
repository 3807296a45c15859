/** `productClasses`: product classes by their ids and codes, exactly those, for programs that hold a list of SKUs. */
import { searchedId } from '../../shop/search/values.ts';
import { existingKeys, keysByText } from '../../shop/store/looked-up.ts';
import { InvalidArgument } from '../errors.ts';
import type { Query, QueryContext } from '../extension-parts.ts';
import { MOST_LOOKED_UP, tooManyLookedUp } from '../looked-up.ts';
import type { OwnType } from '../mutation.ts';

type Args = { ids?: readonly string[] | null; codes?: readonly string[] | null };

const lookUp: OwnType = {
  kind: 'object',
  name: 'ProductClassLookup',
  description: { ja: '商品規格の検索結果', en: 'What was found by ids and codes' },
  fields: {
    nodes: {
      type: '[ProductClass!]!',
      description: {
        ja: '見つかった商品規格。ids、codes の順。1件が複数回現れることはありません',
        en: 'What was found, in the order of ids, then of codes; each once',
      },
    },
    missing: {
      type: '[String!]!',
      description: {
        ja: '該当のない ids と codes',
        en: 'The ids and codes that nothing has, as they were given',
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
    ja: `商品規格をIDか商品コードで取得します（合わせて${MOST_LOOKED_UP}件まで、完全一致）。非表示の規格、廃止の商品の規格も対象です`,
    en: `Product classes by id or code (${MOST_LOOKED_UP} in all, exact); hidden ones and those of abolished products too`,
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
  },
  types: [ambiguousCode, lookUp],
  type: 'ProductClassLookup!',
  run: async (context, given) => {
    const args = given as Args;
    const [ids, codes] = [[...new Set(args.ids ?? [])], [...new Set(args.codes ?? [])]];
    if (!args.ids && !args.codes)
      throw new InvalidArgument([{ argument: 'ids', text: NONE[context.locale] }]);
    if (ids.length + codes.length > MOST_LOOKED_UP) {
      throw tooManyLookedUp(args.codes ? 'codes' : 'ids', MOST_LOOKED_UP, context.locale);
    }
    return found(
      ids,
      codes,
      await byKey(context, ids),
      await keysByText(context, 'ProductClass', 'code', codes),
    );
  },
};

const NONE = {
  ja: 'ids か codes を指定してください。',
  en: 'Give ids or codes.',
};

type Classes = ReadonlyMap<string, readonly number[]>;

function found(ids: readonly string[], codes: readonly string[], byId: Classes, ofCode: Classes) {
  const ofIds = ids.flatMap((id) => byId.get(id) ?? []);
  const ofCodes = codes.flatMap((code) => ofCode.get(code) ?? []);
  return {
    nodes: [...new Set([...ofIds, ...ofCodes])],
    missing: [...ids.filter((id) => !byId.has(id)), ...codes.filter((code) => !ofCode.has(code))],
    ambiguous: codes.flatMap((code) => {
      const own = ofCode.get(code) ?? [];
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
