// Runs in the browser, before GraphiQL is loaded.
const ASSETS = '/graphql/assets/';
const ENDPOINT = '/graphql';
const TOKEN = 'portico-token';
const WORKERS = { json: 'jsonWorker.js', graphql: 'graphqlWorker.js' };

const FIRST_QUERY = `# Ten people with their groups and managers. Ctrl-Enter runs the query.
{
  users(first: 10) {
    totalCount
    nodes {
      userName
      displayName
      emails {
        value
        type
      }
      manager {
        displayName
      }
      memberOf {
        nodes {
          displayName
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(`${ASSETS}${WORKERS[label] ?? 'editorWorker.js'}`, { type: 'module' }),
};

// Escape would close the form without a token.
document.getElementById('token-dialog').addEventListener('cancel', (event) => event.preventDefault());

/** Shows the form until a token is given; `reason` replaces its text. */
function askForToken(reason) {
  const dialog = document.getElementById('token-dialog');
  const input = document.getElementById('token');
  if (reason) document.getElementById('token-reason').textContent = reason;
  if (!dialog.open) {
    input.value = '';
    dialog.showModal();
  }
  return new Promise((resolve) => {
    dialog.addEventListener(
      'close',
      () => {
        sessionStorage.setItem(TOKEN, input.value.trim());
        resolve();
      },
      { once: true },
    );
  });
}

/** GraphiQL's own headers are kept in local storage, so the token does not go there. */
async function fetcher(params) {
  const token = sessionStorage.getItem(TOKEN);
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(params),
  });
  const result = await response.json();
  if (response.status !== 401) return result;
  // Another request may have asked for a better one meanwhile.
  if (token === sessionStorage.getItem(TOKEN)) {
    await askForToken(`${result.errors?.[0]?.message ?? 'The token is not accepted'}. Give another one.`);
  }
  return fetcher(params);
}

if (!sessionStorage.getItem(TOKEN)) await askForToken();
const { React, createRoot, Ruru } = await import(`${ASSETS}ruru.js`);
createRoot(document.getElementById('ruru-root')).render(
  React.createElement(Ruru, { fetcher, defaultQuery: FIRST_QUERY, isHeadersEditorEnabled: false }),
);
