/** Where a product is found: the category tree and tags. */
import { CLIENT_DATA } from '../client-data.ts';
import type { Entity } from '../entity.ts';

export const category: Entity = {
  name: 'Category',
  table: 'dtb_category',
  discriminator: 'category',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    name: { type: 'string', column: 'category_name' },
    hierarchy: { type: 'integer', unsigned: true },
    sort_no: { type: 'integer' },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    ProductCategories: { kind: 'many', entity: 'ProductCategory', column: 'category_id' },
    Children: {
      kind: 'many',
      entity: 'Category',
      column: 'parent_category_id',
      orderBy: [{ column: 'sort_no', direction: 'desc' }],
    },
    Parent: { kind: 'one', entity: 'Category', column: 'parent_category_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
  derived: CLIENT_DATA,
};

export const tag: Entity = {
  name: 'Tag',
  table: 'dtb_tag',
  discriminator: 'tag',
  columns: {
    id: { type: 'id', key: true },
    name: { type: 'string' },
    sort_no: { type: 'smallint', unsigned: true },
  },
  relations: {
    ProductTag: { kind: 'many', entity: 'ProductTag', column: 'tag_id' },
  },
};
