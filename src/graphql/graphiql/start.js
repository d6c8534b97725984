// Runs in the browser, before GraphiQL is loaded.
const ASSETS = '/graphql/assets/';
const ENDPOINT = '/graphql';
const STREAM = '/graphql/stream';
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

/** By its words outside of brackets, comments and texts: GraphiQL hands over no more than the query. */
function isSubscription({ query, operationName }) {
  const bare = query.replace(/#.*|"""[\s\S]*?"""|"(\\.|[^"\\\n])*"/g, '');
  let depth = 0;
  for (const [word, kind, name] of bare.matchAll(/[{}()]|\b(query|mutation|subscription|fragment)\b\s*(\w+)?/g)) {
    if (word === '{' || word === '(') depth += 1;
    else if (word === '}' || word === ')') depth -= 1;
    else if (depth === 0 && kind === 'subscription' && (!operationName || name === operationName)) return true;
  }
  return false;
}

/** The answers of a stream, which GraphiQL shows one after the other; to stop ends the request. */
function answersOf(response, controller) {
  const answers = readAnswers(response, controller.signal);
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => answers.next(),
      return: async () => {
        controller.abort();
        return { done: true, value: undefined };
      },
    }),
  };
}

async function* readAnswers(response, signal) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const blocks = (text + read.value).split('\n\n');
      text = blocks.pop();
      for (const block of blocks) {
        const [, answer] = /^event: next\ndata: (.*)$/.exec(block) ?? [];
        if (answer) yield JSON.parse(answer);
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** GraphiQL's own headers are kept in local storage, so the token does not go there. */
async function fetcher(params) {
  const token = sessionStorage.getItem(TOKEN);
  const controller = new AbortController();
  const streamed = isSubscription(params);
  const accept = streamed ? 'text/event-stream' : 'application/json';
  const response = await fetch(streamed ? STREAM : ENDPOINT, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, authorization: `Bearer ${token}` },
    body: JSON.stringify(params),
    signal: controller.signal,
  });
  if (streamed && response.ok) return answersOf(response, controller);
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
