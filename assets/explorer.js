/* GraphiQL on the explorer page, in the page's language. Bundled by scripts/bundle.ts; the token stays in this page's memory. */
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const place = document.getElementById('graphiql');
const form = document.getElementById('explorer-token-form');
const field = document.getElementById('access_token');
const samples = document.getElementById('explorer-samples');
const root = createRoot(place);
let shownToken = '';
let shown = 0;

const fetcherWith = (token) => async (params) => {
  const answer = await fetch(place.dataset.api, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(params),
  });
  return answer.json();
};

const words = JSON.parse(place.dataset.words);
const ATTRIBUTES = ['aria-label', 'title', 'placeholder'];

/** GraphiQL speaks English only: what it shows is said again in the page's language. */
function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = words[node.data.trim()];
    // What stands in the editors is the member's own.
    if (said && !node.parentElement?.closest('.CodeMirror')) node.data = said;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const name of ATTRIBUTES) {
    const said = words[node.getAttribute(name)];
    if (said) node.setAttribute(name, said);
  }
  for (const child of node.childNodes) translate(child);
}

// CodeMirror gives its inputs no name; the pane around each has one.
function nameInputs() {
  for (const input of place.querySelectorAll('.CodeMirror textarea:not([aria-label])')) {
    const pane = input.closest('[aria-label]');
    if (pane) input.setAttribute('aria-label', pane.getAttribute('aria-label'));
  }
}

// Tooltips and dialogs stand at the end of the body.
new MutationObserver((changes) => {
  for (const { target, addedNodes, type } of changes) {
    if (type === 'childList') for (const node of addedNodes) translate(node);
    else translate(target);
  }
  nameInputs();
}).observe(document.body, {
  childList: true,
  subtree: true,
  characterData: true,
  attributes: true,
  attributeFilter: ATTRIBUTES,
});

function show(token, query) {
  place.hidden = false;
  samples.hidden = false;
  shownToken = token;
  root.render(
    createElement(
      GraphiQL,
      {
        key: `${token} ${shown}`, // another token may see another schema
        fetcher: fetcherWith(token),
        ...(query === undefined ? {} : { query }),
        defaultQuery: place.dataset.query,
        forcedTheme: 'light',
        isHeadersEditorEnabled: false,
        shouldPersistHeaders: false,
      },
      createElement(GraphiQL.Logo, null, ''), // the usual one links to another host
    ),
  );
}

samples.addEventListener('click', ({ target }) => {
  if (!target.dataset.sample) return;
  shown += 1; // GraphiQL takes a query when it is made
  show(shownToken, target.dataset.sample);
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  show(field.value.trim());
});

if (field.value !== '') {
  // The code in the address is used up; reloading must not present it again.
  history.replaceState(null, '', place.dataset.page);
  show(field.value);
}
