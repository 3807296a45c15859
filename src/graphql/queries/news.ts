/** `news`: お知らせ, as many as a page holds. */
import { listedIds } from '../../shop/store/listed-rows.ts';
import { InvalidArgument } from '../errors.ts';
import type { Query } from '../extension-parts.ts';

const MOST = 1000;

type Args = { visible?: boolean | null; page: number | null; limit: number | null };

export const newsQuery: Query = {
  name: 'news',
  description: {
    ja: 'お知らせの一覧。公開日時の新しい順',
    en: 'What the shop announces, the newest first',
  },
  example: `query {
  news(visible: true, limit: 10) {
    id
    publish_date
    title
    description
    url
  }
}`,
  args: {
    visible: {
      type: 'Boolean',
      description: {
        ja: '公開（true）か非公開（false）だけに絞り込みます',
        en: 'Only what is shown (true) or hidden (false)',
      },
    },
    page: { type: 'Int', default: 1, description: { ja: 'ページ番号', en: 'Page number' } },
    limit: {
      type: 'Int',
      default: 50,
      description: {
        ja: `ページあたりの取得数の上限（${MOST}まで）`,
        en: `Rows per page, ${MOST} at the most`,
      },
    },
  },
  type: '[News!]!',
  run: async (context, given) => {
    const { locale } = context;
    const { visible, ...paging } = given as Args;
    const [page, limit] = [paging.page ?? 1, paging.limit ?? 50];
    const text = { ja: `1以上${MOST}以下の値を入力してください。`, en: `Give a number from 1 to ${MOST}.` }[
      locale
    ];
    if (limit < 1) throw new InvalidArgument([{ argument: 'limit', text }]);
    if (limit > MOST) throw new InvalidArgument([{ argument: 'limit', text, code: 'LIMIT' }]);
    if (page < 1 || page > 1_000_000) throw new InvalidArgument([{ argument: 'page', text: PAGE[locale] }]);
    return listedIds(context, {
      entity: 'News',
      order: [
        { field: 'publish_date', direction: 'desc' },
        { field: 'id', direction: 'desc' },
      ],
      ...(typeof visible === 'boolean' && { where: { visible } }),
      page: { limit, offset: (page - 1) * limit },
    });
  },
};

const PAGE = { ja: 'ページ番号が正しくありません。', en: 'There is no such page.' };
