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

function show(token) {
  place.hidden = false;
  root.render(
    createElement(GraphiQL, {
      key: token, // another token may see another schema
      fetcher: fetcherWith(token),
      defaultQuery: place.dataset.query,
      forcedTheme: 'light',
      isHeadersEditorEnabled: false,
      shouldPersistHeaders: false,
    }),
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
