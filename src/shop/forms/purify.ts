/**
 * HTML as EC-CUBE's product and news forms let it through: what can run, load or disguise is taken out, the rest stays as
 * HTMLPurifier would leave it. Where the two differ is in docs/eccube/differences.md.
 */
import sanitizeHtml from 'sanitize-html';

const TAGS = (
  'a abbr acronym address b bdo big blockquote br caption center cite code col colgroup dd del dfn dir div dl dt em font ' +
  'h1 h2 h3 h4 h5 h6 hr i img ins kbd li menu ol p pre q s samp small span strike strong sub sup table tbody td tfoot th ' +
  'thead tr tt u ul var'
).split(' ');

const CELL = [
  'abbr',
  'align',
  'bgcolor',
  'colspan',
  'height',
  'nowrap',
  'rowspan',
  'scope',
  'valign',
  'width',
];

const ATTRIBUTES: Readonly<Record<string, string[]>> = {
  '*': ['class', 'dir', 'lang', 'style', 'title', 'xml:lang'],
  a: ['href'],
  blockquote: ['cite'],
  br: ['clear'],
  caption: ['align'],
  col: ['align', 'span', 'valign', 'width'],
  colgroup: ['align', 'span', 'valign', 'width'],
  del: ['cite'],
  div: ['align'],
  font: ['color', 'face', 'size'],
  h1: ['align'],
  h2: ['align'],
  h3: ['align'],
  h4: ['align'],
  h5: ['align'],
  h6: ['align'],
  hr: ['align', 'noshade', 'size', 'width'],
  img: ['src', 'align', 'border', 'height', 'hspace', 'longdesc', 'vspace', 'width', 'alt'],
  ins: ['cite'],
  li: ['type', 'value'],
  ol: ['compact', 'start', 'type'],
  p: ['align'],
  pre: ['width'],
  q: ['cite'],
  table: ['align', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'frame', 'rules', 'summary', 'width'],
  tbody: ['align', 'valign'],
  td: CELL,
  tfoot: ['align', 'valign'],
  th: CELL,
  thead: ['align', 'valign'],
  tr: ['align', 'bgcolor', 'valign'],
  ul: ['compact', 'type'],
};

/** Nothing that loads (`url()`), runs (`expression()`), or hides behind an escape. */
const PLAIN = [/^[^\\<>&{}()]*$/, /^(?:rgb|hsl)a?\([\d\s.,%/]+\)$/i];

const STYLES = Object.fromEntries(
  (
    'background background-attachment background-color background-position background-repeat border border-bottom ' +
    'border-bottom-color border-bottom-style border-bottom-width border-collapse border-color border-left ' +
    'border-left-color border-left-style border-left-width border-right border-right-color border-right-style ' +
    'border-right-width border-spacing border-style border-top border-top-color border-top-style border-top-width ' +
    'border-width caption-side clear color float font font-family font-size font-style font-variant font-weight height ' +
    'letter-spacing line-height list-style list-style-position list-style-type margin margin-bottom margin-left ' +
    'margin-right margin-top max-height max-width min-height min-width padding padding-bottom padding-left padding-right ' +
    'padding-top table-layout text-align text-decoration text-indent text-transform vertical-align white-space width ' +
    'word-spacing'
  )
    .split(' ')
    .map((name) => [name, PLAIN]),
);

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: ATTRIBUTES as Record<string, string[]>,
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'ftp', 'nntp', 'news'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'longdesc'],
  allowedStyles: { '*': STYLES },
  // Their content is no text for readers.
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'iframe', 'object', 'template', 'title'],
  selfClosing: ['br', 'col', 'hr', 'img'],
  transformTags: {
    img: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, alt: attribs.alt ?? fileName(attribs.src) },
    }),
  },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs.src,
};

/** HTMLPurifier names a picture without words by its file. */
const fileName = (src: string | undefined): string => (src ?? '').split('/').at(-1) ?? '';

/** Line ends become LF, as in the forms. */
export const purifiedHtml = (html: string): string => sanitizeHtml(html.replace(/\r\n?/g, '\n'), OPTIONS);
