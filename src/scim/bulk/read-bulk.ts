import type { IncomingMessage } from 'node:http';
import { shown } from '#core/validate/faults.ts';
import { DirectoryError } from '#model/errors.ts';
import { parseJson } from '#model/parse-json.ts';
import { receiveBody } from '#model/receive-body.ts';
import type { Json } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import { propertyInAnyCase } from '../idp-quirks.ts';
import type { BulkLimits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { checkContentType } from '../request/media-types.ts';
import { checkMessageSchema } from '../request/message-schema.ts';
import { cutShort, decodeText } from '../request/read-body.ts';
import { OperationSplitter } from './operation-splitter.ts';

const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

export interface BulkMessage<Operation> {
  readonly operations: readonly Operation[];
  readonly failOnErrors?: number;
}

/**
 * A bulk request, RFC 7644 §3.7, read as it arrives: `read` is handed one operation after the other, and nothing is held of the whole
 * but what `read` makes of them. Nothing has been carried out when this fails.
 * @throws {Refusal} 413 that names the limit (§3.7.4), 415
 * @throws {DirectoryError} INVALID_SYNTAX, INVALID_VALUE, and what `read` throws
 */
export async function readBulk<Operation>(
  request: IncomingMessage,
  { maxOperations, maxPayloadBytes }: BulkLimits,
  read: (text: Buffer, position: number) => Operation,
): Promise<BulkMessage<Operation>> {
  checkContentType(request);
  const operations: Operation[] = [];
  const splitter = new OperationSplitter((text) => {
    if (operations.length === maxOperations) throw tooManyOperations(maxOperations);
    operations.push(read(text, operations.length));
  });
  const limit = { limitBytes: maxPayloadBytes, tooLarge: payloadTooLarge, cutShort };
  await receiveBody(request, limit, (chunk) => splitter.push(chunk));
  const failOnErrors = readFrame(parseJson(decodeText(splitter.end())));
  return { operations, ...(failOnErrors !== undefined && { failOnErrors }) };
}

/** What stands around the operations. */
function readFrame(message: Json): number | undefined {
  if (!isObject(message)) throw syntax('the body must be a JSON object');
  checkMessageSchema(message, BULK_REQUEST);
  if (!isList(propertyInAnyCase(message, 'Operations'))) throw syntax('Operations must be an array of operations');
  const failOnErrors = propertyInAnyCase(message, 'failOnErrors') ?? undefined;
  if (failOnErrors === undefined || (Number.isSafeInteger(failOnErrors) && Number(failOnErrors) >= 1)) {
    return failOnErrors === undefined ? undefined : Number(failOnErrors);
  }
  throw new DirectoryError('INVALID_VALUE', 'the request has a member that cannot be used', {
    faults: [{ path: 'failOnErrors', expected: 'an integer from 1', got: shown(failOnErrors) }],
  });
}

function tooManyOperations(most: number): Refusal {
  return new Refusal(
    413,
    `a bulk request may have at most ${most} operations (maxOperations); nothing was carried out`,
  );
}

function payloadTooLarge(most: number): Refusal {
  return new Refusal(413, `a bulk request may have at most ${most} bytes (maxPayloadSize); nothing was carried out`);
}

function syntax(detail: string): DirectoryError {
  return new DirectoryError('INVALID_SYNTAX', detail);
}
