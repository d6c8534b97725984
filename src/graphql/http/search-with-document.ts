import type { Documents } from '../documents/documents.ts';

/** The query string of a GET with the text of the document that it names. What is malformed otherwise is left to Apollo to refuse. */
export function searchWithDocument(search: string, documents: Documents): string {
  const given = new URLSearchParams(search);
  const parameters = { ...Object.fromEntries(given), extensions: parsed(given.get('extensions')) };
  const resolved = documents.resolve(parameters);
  if (resolved === parameters) return search;
  given.delete('documentId');
  given.set('query', String(resolved['query']));
  if (resolved['extensions'] !== undefined) given.set('extensions', JSON.stringify(resolved['extensions']));
  return `?${given}`;
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
