/** The schema holds everything of the real plugin's, unchanged; what it holds beyond that are additions. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/database/open.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { describeUnless } from '../support/left-out.ts';
import { type ShopApi, startApi } from './support/shop-api.ts';

const REAL = join(import.meta.dirname, '../../../shared/eccube/real-shop/schema.graphql');

let store: Store;
let shop: ShopApi;
beforeAll(async () => {
  store = openStore('sqlite::memory:');
  shop = await startApi(store);
});
afterAll(async () => {
  await shop.close();
  await store.close();
});

test('the schema is the committed one', async () => {
  await expect(shop.api.sdl()).toMatchFileSnapshot('../../docs/schema.graphql');
});

describeUnless(
  existsSync(REAL) ? undefined : 'the recorded shop is not here',
  'beside the real schema',
  () => {
    test('every type, field, argument, default and description of the plugin is there, in its order', () => {
      const real = parse(readFileSync(REAL, 'utf8'));
      const ours = withoutAdditions(parse(shop.api.sdl()), real);
      expect(print(ours)).toBe(print(real));
    });
  },
);

test('descriptions are in English where the shop is', async () => {
  const english = await startApi(store, { locale: 'en' });
  const queries = typeIn(english.api.sdl(), 'Query');
  expect(queries).toContain('"""Product name, product ID, product code"""');
  expect(queries).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
  await english.close();
});

describe('what the API may not show', () => {
  test.each([
    'password',
    'salt',
    'secret_key',
    'reset_key',
    'two_factor_auth_key',
    'two_factor_auth_enabled',
  ])('ASVS-8.2.3: no type has a field %s', (field) => {
    const shown = [...shop.api.sdl().matchAll(/^type .*?^\}/gms)].join('\n');
    expect(shown).toContain('type Customer {');
    expect(shown).not.toMatch(new RegExp(`^  ${field}[:(]`, 'm'));
  });

  test('a column that the shop lacks has no field', async () => {
    const lacking = coreEntities.map((entity) => {
      if (entity.name !== 'Product') return entity;
      const { free_area: _, ...columns } = entity.columns;
      return { ...entity, columns };
    });
    const older = await startApi(store, { registry: buildRegistry(lacking) });
    expect(typeIn(shop.api.sdl(), 'Product')).toContain('  free_area: String');
    expect(typeIn(older.api.sdl(), 'Product')).not.toContain('free_area');
    await older.close();
  });
});

const typeIn = (sdl: string, name: string): string =>
  new RegExp(`^type ${name} \\{.*?^\\}`, 'ms').exec(sdl)?.[0] ?? '';

/** Ours without types, fields and arguments that the real schema has not, and without descriptions of its fields. */
function withoutAdditions(ours: DocumentNode, real: DocumentNode): DocumentNode {
  const types = new Map(
    real.definitions.flatMap((one) => ('name' in one && one.name ? [[one.name.value, one]] : [])),
  );
  let type: ObjectTypeDefinitionNode | undefined;
  let field: FieldDefinitionNode | undefined;
  const known = (name: string) => types.get(name);
  return visit(ours, {
    ObjectTypeDefinition: {
      enter: (node) => {
        const found = known(node.name.value);
        type = found?.kind === Kind.OBJECT_TYPE_DEFINITION ? found : undefined;
        return type ? undefined : null;
      },
    },
    InputObjectTypeDefinition: () => null,
    EnumTypeDefinition: () => null, // the plugin has none
    FieldDefinition: {
      enter: (node) => {
        field = type?.fields?.find(({ name }) => name.value === node.name.value);
        if (!field) return null;
        return field.description ? undefined : { ...node, description: undefined };
      },
    },
    InputValueDefinition: (node) =>
      field?.arguments?.some(({ name }) => name.value === node.name.value) ? undefined : null,
  });
}
