/** お知らせ on the shop's home page. */
import type { Entity } from '../entity.ts';

export const news: Entity = {
  name: 'News',
  table: 'dtb_news',
  discriminator: 'news',
  columns: {
    id: { type: 'id', key: true },
    publish_date: { type: 'datetimetz', nullable: true },
    title: { type: 'string' },
    description: { type: 'text', nullable: true },
    url: { type: 'string', length: 4000, nullable: true },
    link_method: { type: 'boolean', default: false },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
    visible: { type: 'boolean', default: true },
  },
  relations: {
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};
