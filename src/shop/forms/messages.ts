/** What EC-CUBE's forms say about a value that they do not take, in its own words. A record beside them says which form says it. */
import type { Text } from '../text.ts';

const text = (ja: string, en: string): Text => ({ ja, en });

export const formMessages = {
  blank: text('入力されていません。', 'This value should not be blank.'),
  choice: text('選択した値は無効です。', 'The selected choice is invalid.'),
  notChosen: text('選択されていません。', 'Nothing is selected.'),
  tooLong: (most: number) =>
    text(
      `値が長すぎます。${most}文字以内でなければなりません。`,
      `This value is too long. It should have ${most} characters or less.`,
    ),
  tooShort: (least: number) =>
    text(
      `値が短すぎます。${least}文字以上でなければなりません。`,
      `This value is too short. It should have ${least} characters or more.`,
    ),
  atLeast: (least: number) =>
    text(`${least}以上でなければなりません。`, `This value should be ${least} or more.`),
  atMost: (most: number) =>
    text(`${most}以下でなければなりません。`, `This value should be ${most} or less.`),
  between: (least: number, most: number) =>
    text(
      `${least}以上${most}以下でなければなりません。`,
      `This value should be between ${least} and ${most}.`,
    ),
  digits: text('数字で入力してください。', 'Please enter digits only.'),
  money: text('有効な金額を入力してください。', 'Please enter a valid money amount.'),
  kana: text('カタカナで入力してください。', 'Please enter katakana.'),
  email: text('有効なメールアドレスではありません。', 'This value is not a valid email address.'),
  emailTaken: text('このメールアドレスは利用できません。', 'This email address cannot be used.'),
  birth: text('有効な生年月日を入力してください。', 'Please enter a valid birthdate.'),
  birthInFuture: text('生年月日が不正な日付です。', 'The date of birth is invalid.'),
  date: text('有効な日付を入力してください。', 'Please enter a valid date.'),
  dateTooEarly: text('不正な日付です。', 'This date is invalid.'),
  url: text('有効なURLではありません。', 'This value is not a valid URL.'),
  twig: text('Twigのフォーマットが正しくありません。', 'The Twig in it is not well formed.'),
  trackingNumber: text(
    '半角英数字かハイフンのみを入力してください。',
    'Only letters, digits and hyphens are allowed.',
  ),
  passwordLetters: text(
    '英数字をそれぞれ1種類使用してください。',
    'Use at least one letter and at least one digit.',
  ),
  passwordIsEmail: text(
    'パスワードはメールアドレスと同じ値を設定できません。',
    'The password must not be the email address.',
  ),
  stockNeeded: text(
    '在庫数を入力、もしくは在庫無制限を設定してください。',
    'Enter the stock, or set it to unlimited.',
  ),
  stockLacking: (name: string) =>
    text(`「${name}」の在庫が足りません。`, `There is not enough stock of “${name}”.`),
  productNeeded: text('商品が追加されていません', 'No product has been added.'),
  sameAxis: text('規格1と同じ規格は選択できません', 'The second axis must be another than the first.'),
  categoryTooDeep: (most: number) =>
    text(`カテゴリは${most}階層までです。`, `Categories have at most ${most} levels.`),
  categoryInItself: text(
    'カテゴリを自分自身やその下のカテゴリに移すことはできません。',
    'A category cannot be moved into itself or below itself.',
  ),
  ownTaxOff: text(
    'このショップでは商品別税率機能が有効になっていません。',
    'This shop has not switched on tax rates of products (商品別税率機能).',
  ),
  sameClass: text('同じ規格の組み合わせがあります。', 'Another row has the same class categories.'),
  mixedAxes: text(
    '規格分類の組み合わせが揃っていません。',
    'All rows must have class categories of the same one or two class names.',
  ),
  oneClassOnly: text(
    '規格のない商品に指定できるのは1件だけです。',
    'A product without classes has exactly one row.',
  ),
  imageTwice: text('同じ画像が2回指定されています。', 'An image is named twice.'),
  imagePath: text('画像のパスが不正です。', 'The path of the image is invalid.'),
  pointsOverHeld: text(
    '利用ポイントが所有ポイントを上回っています。',
    'More points are used than the customer has.',
  ),
  pointsOverTotal: text(
    '利用ポイントがお支払い金額を上回っています。',
    'More points are used than the order costs.',
  ),
  totalNegative: text('合計金額が不正です。', 'The total is invalid.'),
  inUse: (name: string) =>
    text(
      `関連するデータがあるため「${name}」を削除できませんでした`,
      `“${name}” could not be deleted, because other data depends on it.`,
    ),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
