/** Products and what hangs on them: images, categories, tags. What is sold, with prices and stock, is in product-class.ts. */
import type { Entity } from '../entity.ts';

export const product: Entity = {
  name: 'Product',
  table: 'dtb_product',
  discriminator: 'product',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    name: { type: 'string' },
    note: { type: 'text', nullable: true },
    description_list: { type: 'text', nullable: true },
    description_detail: { type: 'text', nullable: true },
    search_word: { type: 'text', nullable: true },
    free_area: { type: 'text', nullable: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    ProductCategories: { kind: 'many', entity: 'ProductCategory', column: 'product_id' },
    ProductClasses: { kind: 'many', entity: 'ProductClass', column: 'product_id' },
    ProductImage: {
      kind: 'many',
      entity: 'ProductImage',
      column: 'product_id',
      orderBy: [{ column: 'sort_no', direction: 'asc' }],
    },
    ProductTag: { kind: 'many', entity: 'ProductTag', column: 'product_id' },
    CustomerFavoriteProducts: { kind: 'many', entity: 'CustomerFavoriteProduct', column: 'product_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
    Status: { kind: 'one', entity: 'ProductStatus', column: 'product_status_id' },
  },
};

export const productImage: Entity = {
  name: 'ProductImage',
  table: 'dtb_product_image',
  discriminator: 'productimage',
  columns: {
    id: { type: 'id', key: true },
    file_name: { type: 'string' },
    sort_no: { type: 'smallint', unsigned: true },
    create_date: { type: 'datetimetz' },
  },
  relations: {
    Product: { kind: 'one', entity: 'Product', column: 'product_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
  derived: { url: ['file_name'] },
};

export const productCategory: Entity = {
  name: 'ProductCategory',
  table: 'dtb_product_category',
  discriminator: 'productcategory',
  columns: {
    product_id: { type: 'integer', key: true, unsigned: true },
    category_id: { type: 'integer', key: true, unsigned: true },
  },
  relations: {
    Product: { kind: 'one', entity: 'Product', column: 'product_id' },
    Category: { kind: 'one', entity: 'Category', column: 'category_id' },
  },
};

export const productTag: Entity = {
  name: 'ProductTag',
  table: 'dtb_product_tag',
  discriminator: 'producttag',
  columns: {
    id: { type: 'id', key: true },
    create_date: { type: 'datetimetz' },
  },
  relations: {
    Product: { kind: 'one', entity: 'Product', column: 'product_id' },
    Tag: { kind: 'one', entity: 'Tag', column: 'tag_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};
