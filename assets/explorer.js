/* GraphiQL on the explorer page. Bundled by scripts/bundle.ts; the token stays in this page's memory. */
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const place = document.getElementById('graphiql');
const form = document.getElementById('explorer-token-form');
const field = document.getElementById('access_token');
const root = createRoot(place);

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

// CodeMirror gives its inputs no name; the pane around each has one.
new MutationObserver(() => {
  for (const input of place.querySelectorAll('.CodeMirror textarea:not([aria-label])')) {
    const pane = input.closest('[aria-label]');
    if (pane) input.setAttribute('aria-label', pane.getAttribute('aria-label'));
  }
}).observe(place, { childList: true, subtree: true });

function show(token) {
  place.hidden = false;
  root.render(
    createElement(
      GraphiQL,
      {
        key: token, // another token may see another schema
        fetcher: fetcherWith(token),
        defaultQuery: place.dataset.query,
        forcedTheme: 'light',
        isHeadersEditorEnabled: false,
        shouldPersistHeaders: false,
      },
      createElement(GraphiQL.Logo, null, ''), // the usual one links to another host
    ),
  );
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  show(field.value.trim());
});

if (field.value !== '') {
  // The code in the address is used up; reloading must not present it again.
  history.replaceState(null, '', place.dataset.page);
  show(field.value);
}
