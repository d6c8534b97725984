import type { ServerResponse } from 'node:http';

interface Due {
  readonly response: ServerResponse;
  readonly send: () => void;
}

let due: Due[] = [];

/**
 * Sends an answer once the requests that arrived together have all been worked on. A client that waits is woken by the first
 * answer and finds the others when it looks again; waking it once for each costs as much as everything else about a small answer.
 */
export function atEndOfTurn(response: ServerResponse, send: () => void): void {
  if (due.length === 0) setImmediate(sendAll);
  due.push({ response, send });
}

function sendAll(): void {
  const now = due;
  due = [];
  for (const { response, send } of now) {
    try {
      send();
    } catch (error) {
      response.destroy(error instanceof Error ? error : undefined);
    }
  }
}
