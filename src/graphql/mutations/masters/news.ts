/** お知らせ: written, changed and taken away as on the shop's page of news. */
import { formMessages } from '../../../shop/forms/messages.ts';
import { formText } from '../../../shop/forms/prepare.ts';
import { purifiedHtml } from '../../../shop/forms/purify.ts';
import { maxLength, notBlank, url } from '../../../shop/forms/rules.ts';
import { differing } from '../../../shop/rows/differing.ts';
import { addRow, deleteRows, type FieldValues, lockRows, updateRows } from '../../../shop/rows/write.ts';
import type { Argument, Mutation, MutationContext } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { DELETED_ID } from '../catalogue/deletion.ts';
import { idArgument, readNames } from '../catalogue/name-form.ts';
import { type FormRules, faultAt, throwFaults } from '../form-faults.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';

const SCOPES = ['read', 'write'];
const EARLIEST = -62_135_596_800; // 0001-01-01, of which the form says that it is none
const FIRST_YEAR = 31_536_000 + 86_400; // until its end in every time zone
const ID = idArgument('News', 'お知らせID', 'ID of the news');

const RULES: FormRules = {
  title: [notBlank, maxLength(200)],
  url: [maxLength(200), url],
  description: [maxLength(3000)],
};

const field = (type: string, ja: string, en: string): Argument => ({
  type,
  description: { ja, en },
  crosses: [],
});

const CONTENT: Readonly<Record<string, Argument>> = {
  url: field('String', 'リンク先のURL（200文字まで）', 'Address that it leads to (at most 200 characters)'),
  description: field('String', '本文（3000文字まで、HTML可）', 'Text (at most 3000 characters, HTML)'),
  link_method: field('Boolean', 'リンクを別ウィンドウで開く', 'Whether the address opens in a new window'),
  visible: field('Boolean', '公開する（true）、しない（false）', 'Shown (true) or hidden (false)'),
};

/** What is given, as it will be stored. Throws InvalidArgument. */
function readNews(
  context: MutationContext,
  args: Readonly<Record<string, unknown>>,
  isNew: boolean,
): FieldValues {
  const texts = readNames(context, RULES, args, isNew);
  const { publish_date: date, visible, link_method: blank } = args;
  const isTooEarly = typeof date === 'number' && date < EARLIEST + FIRST_YEAR;
  if (date === null) throwFaults([faultAt('publish_date', formMessages.blank[context.locale])]);
  if (isTooEarly) throwFaults([faultAt('publish_date', formMessages.dateTooEarly[context.locale])]);
  const { description } = texts;
  return {
    ...texts,
    ...(description && { description: formText(purifiedHtml(description)) }),
    ...(typeof date === 'number' && { publish_date: date }),
    ...(typeof visible === 'boolean' && { visible }),
    ...(typeof blank === 'boolean' && { link_method: blank }),
  };
}

const newsCreate: Mutation = {
  name: 'newsCreate',
  scopes: SCOPES,
  description: {
    ja: 'お知らせを登録します。公開日時を過ぎると、ショップのトップページに表示されます。',
    en: 'Adds news; the shop’s home page shows it from its date of publication on.',
  },
  example: `mutation {
  newsCreate(
    title: "年末年始の営業について"
    publish_date: "2026-12-01T09:30:00+09:00"
    description: "<p>12月30日から1月3日までお休みします。</p>"
  ) {
    title
    description
    visible
  }
}`,
  args: {
    title: field('String!', '題名（200文字まで）', 'Title (at most 200 characters)'),
    publish_date: field('DateTime!', '公開日時', 'Date of publication'),
    ...CONTENT,
  },
  type: 'News',
  run: async (context, args) =>
    addRow(context, 'News', { visible: true, link_method: false, ...readNews(context, args, true) }),
};

const newsUpdate: Mutation = {
  name: 'newsUpdate',
  scopes: SCOPES,
  description: {
    ja: 'お知らせを更新します。指定した項目だけが変わります。',
    en: 'Changes news; only what is given changes.',
  },
  example: `mutation {
  newsUpdate(id: 1, visible: false) {
    title
    visible
  }
}`,
  args: {
    id: ID,
    title: field('String', '題名（200文字まで）', 'Title (at most 200 characters)'),
    publish_date: field('DateTime', '公開日時', 'Date of publication'),
    ...CONTENT,
    ...preconditions('News'),
  },
  type: 'News',
  run: async (context, args) => {
    const values = readNews(context, args, false);
    const id = rowId(args.id as string);
    const [row] = await lockRows(context, 'News', ['id', ...Object.keys(values)], { id });
    if (!row) throw invalid('id', 'No News found', 'NOT_FOUND');
    await judgeUnchanged(context, 'News', id, args as Precondition);
    await updateRows(context, 'News', { id }, differing(context, 'News', row, values));
    return id;
  },
};

const newsDelete: Mutation = {
  name: 'newsDelete',
  scopes: SCOPES,
  description: { ja: 'お知らせを削除します。', en: 'Deletes news.' },
  example: `mutation {
  newsDelete(id: 1)
}`,
  args: { id: ID },
  type: DELETED_ID,
  run: async (context, args) => {
    const id = rowId(args.id as string);
    if ((await deleteRows(context, 'News', { id })) === 0) throw invalid('id', 'No News found', 'NOT_FOUND');
    return id;
  },
};

export const newsMutations: readonly Mutation[] = [newsCreate, newsUpdate, newsDelete];
