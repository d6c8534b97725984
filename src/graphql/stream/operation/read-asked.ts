import type { IncomingMessage } from 'node:http';
import type { Documents, Parameters } from '../../documents/documents.ts';
import { HttpRefusal } from '../../http/http-refusal.ts';
import { readJsonBody } from '../../http/read-json-body.ts';
import { searchWithDocument } from '../../http/search-with-document.ts';

/** What the protocol finds an operation in: the body of a POST, the URL of a GET. */
export interface Asked {
  readonly url: string;
  readonly body: Parameters | null;
}

/** A request with the text of its subscription in place of a hash or an id. @throws {HttpRefusal} */
export async function readAsked(request: IncomingMessage, limitBytes: number, documents: Documents): Promise<Asked> {
  const { method, url = '' } = request;
  if (method === 'POST') return { url, body: documents.resolve(await readBody(request, limitBytes)) };
  const mark = url.indexOf('?');
  const search = mark < 0 ? '' : searchWithDocument(url.slice(mark), documents);
  return { url: mark < 0 ? url : url.slice(0, mark) + search, body: null };
}

async function readBody(request: IncomingMessage, limitBytes: number): Promise<Parameters> {
  const body = await readJsonBody(request, limitBytes);
  if (body !== undefined) return body as Parameters;
  throw new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'a subscription is posted as application/json');
}
