/** 規格: the axes along which a product varies, and their values. */
import type { Entity } from '../entity.ts';

export const className: Entity = {
  name: 'ClassName',
  table: 'dtb_class_name',
  discriminator: 'classname',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    backend_name: { type: 'string', nullable: true },
    name: { type: 'string' },
    sort_no: { type: 'integer', unsigned: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    ClassCategories: {
      kind: 'many',
      entity: 'ClassCategory',
      column: 'class_name_id',
      orderBy: [{ column: 'sort_no', direction: 'desc' }],
    },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};

export const classCategory: Entity = {
  name: 'ClassCategory',
  table: 'dtb_class_category',
  discriminator: 'classcategory',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    backend_name: { type: 'string', nullable: true },
    name: { type: 'string' },
    sort_no: { type: 'integer', unsigned: true },
    visible: { type: 'boolean', default: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    ClassName: { kind: 'one', entity: 'ClassName', column: 'class_name_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};
