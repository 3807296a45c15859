import { expect, test } from 'vitest';
import { columnName, type Entity } from './entity.ts';
import { buildRegistry, coreEntities } from './registry.ts';
import { withoutMissing } from './without-missing.ts';

const entity = (name: string, more: Partial<Entity> = {}): Entity => ({
  name,
  table: `plg_${name.toLowerCase()}`,
  discriminator: name.toLowerCase(),
  columns: { id: { type: 'id', key: true } },
  relations: {},
  ...more,
});

const core = buildRegistry(coreEntities);

/** A database that has all that the core declares. */
function completeSchema(): Map<string, Set<string>> {
  const columns = ({ columns, relations }: Entity) => [
    ...Object.entries(columns).map(([field, column]) => columnName(field, column)),
    ...Object.values(relations).flatMap(({ kind, column }) => (kind === 'one' ? [column] : [])),
  ];
  return new Map(core.entities.map((each) => [each.table, new Set(columns(each))]));
}

test('the core entities fit together', () => {
  expect(core.entity('Order').table).toBe('dtb_order');
  expect(core.target({ kind: 'one', entity: 'Member', column: 'creator_id' })).toBe(core.entity('Member'));
  expect(() => core.entity('Nobody')).toThrow('there is no entity Nobody');
});

test('fields stand in the order of the schema that the plugin prints', () => {
  const { columns, relations } = core.entity('Order');
  const fields = Object.keys(columns);
  expect(fields.slice(fields.indexOf('charge'), fields.indexOf('total') + 1)).toEqual([
    'charge',
    'tax',
    'total',
  ]);
  expect(Object.keys(relations).slice(-3)).toEqual([
    'CustomerOrderStatus',
    'OrderStatusColor',
    'OrderStatus',
  ]);
  expect(Object.keys(core.entity('OrderStatus').columns)[0]).toBe('display_order_count');
});

test('ASVS-8.2.3: what must not leave the database is hidden', () => {
  const hidden = (name: string) =>
    Object.entries(core.entity(name).columns).flatMap(([field, column]) => (column.hidden ? [field] : []));
  expect(hidden('Customer')).toEqual(['password', 'salt', 'secret_key', 'reset_key']);
  expect(hidden('Member')).toEqual(['password', 'salt', 'two_factor_auth_key', 'two_factor_auth_enabled']);
});

const faulty: readonly [fault: string, entities: readonly Entity[]][] = [
  ['entity Tag is declared twice', [...coreEntities, entity('Tag')]],
  ['table dtb_tag belongs to two entities', [...coreEntities, entity('Label', { table: 'dtb_tag' })]],
  ['Shelf: no column is the key', [entity('Shelf', { columns: { name: { type: 'string' } } })]],
  ["Shelf: 'a b' is not a name", [entity('Shelf', { table: 'a b' })]],
  [
    'Shelf.Room points to Room, which is not an entity',
    [entity('Shelf', { relations: { Room: { kind: 'one', entity: 'Room', column: 'room_id' } } })],
  ],
  [
    'Room.Shelves: Shelf has no relation to Room through room_id',
    [
      entity('Room', { relations: { Shelves: { kind: 'many', entity: 'Shelf', column: 'room_id' } } }),
      entity('Shelf'),
    ],
  ],
  [
    'Shelf.Room: room_id is string, but the key of Room is integer',
    [
      entity('Room'),
      entity('Shelf', {
        columns: { id: { type: 'id', key: true }, room_id: { type: 'string' } },
        relations: { Room: { kind: 'one', entity: 'Room', column: 'room_id' } },
      }),
    ],
  ],
  [
    'Shelf: index by_height names height, which is not a column',
    [entity('Shelf', { indexes: [{ name: 'by_height', columns: ['height'] }] })],
  ],
  [
    'Shelf.depth: a decimal needs digits',
    [entity('Shelf', { columns: { id: { type: 'id', key: true }, depth: { type: 'decimal' } } })],
  ],
];

for (const [fault, entities] of faulty) {
  test(`refused: ${fault}`, () => {
    expect(() => buildRegistry(entities)).toThrow(`- ${fault}`);
  });
}

test('a complete shop loses nothing', () => {
  const { registry, notes } = withoutMissing(core, completeSchema());
  expect(notes).toEqual([]);
  expect(registry.entities.map(({ name }) => name)).toEqual(core.entities.map(({ name }) => name));
  expect(registry.entity('Order')).toEqual(core.entity('Order'));
});

test('a 4.0 shop loses what came later, and says so', () => {
  const live = completeSchema();
  live.delete('dtb_login_history');
  live.delete('mtb_login_history_status');
  live.get('dtb_member')?.delete('two_factor_auth_key');
  const { registry, notes } = withoutMissing(core, live);
  expect(() => registry.entity('LoginHistory')).toThrow();
  expect(registry.entity('Member').columns).not.toHaveProperty('two_factor_auth_key');
  expect(notes).toEqual([
    'table mtb_login_history_status is absent: LoginHistoryStatus is left out (not every version of EC-CUBE has it)',
    'table dtb_login_history is absent: LoginHistory is left out (not every version of EC-CUBE has it)',
    'column dtb_member.two_factor_auth_key is absent: Member.two_factor_auth_key is left out (not every version of EC-CUBE has it)',
  ]);
});

test('relations go with the table or the foreign key that they need, at both ends', () => {
  const live = completeSchema();
  live.delete('dtb_tag');
  live.get('dtb_order_item')?.delete('shipping_id');
  live.get('dtb_product_image')?.delete('sort_no');
  const { registry, notes } = withoutMissing(core, live);
  expect(registry.entity('ProductTag').relations).not.toHaveProperty('Tag');
  expect(registry.entity('OrderItem').relations).not.toHaveProperty('Shipping');
  expect(registry.entity('Shipping').relations).not.toHaveProperty('OrderItems');
  expect(registry.entity('Product').relations.ProductImage).toMatchObject({ orderBy: [] });
  expect(notes).toContain('ProductTag.Tag is left out, because dtb_tag is absent');
  expect(notes).toContain('Shipping.OrderItems is left out, because dtb_order_item.shipping_id is absent');
});

test('an entity without its key column is left out', () => {
  const live = completeSchema();
  live.get('dtb_plugin')?.delete('id');
  const { registry, notes } = withoutMissing(core, live);
  expect(() => registry.entity('Plugin')).toThrow();
  expect(notes).toEqual(['key column dtb_plugin.id is absent: Plugin is left out']);
});
