import { expect, onTestFinished } from 'vitest';
import type { Session } from '#core/session.ts';
import type { ResourceId } from '#model/resource.ts';
import { EventStream, type StreamEvent, type StreamRequest } from '../event-stream.ts';
import type { Changed } from '../feed.ts';
import { create, Gateway, type GatewayOptions } from '../gateway.ts';

export const FOLLOW = `subscription ($after: String, $types: [String!]) { resourceChanged(after: $after, types: $types) {
  cursor kind id resource { ... on User { userName } ... on Group { displayName } }
} }`;

/** A gateway whose changes are followed; it and its streams end with the test. */
export class Followed {
  readonly gateway: Gateway;
  readonly session: Session;
  private readonly streams: EventStream[] = [];

  private constructor(gateway: Gateway) {
    this.gateway = gateway;
    this.session = gateway.session();
  }

  static async open(options: GatewayOptions = {}): Promise<Followed> {
    const followed = new Followed(await Gateway.open(options));
    onTestFinished(async () => {
      for (const stream of followed.streams) await stream[Symbol.asyncDispose]();
      await followed.gateway[Symbol.asyncDispose]();
    });
    return followed;
  }

  async subscribe(request: Partial<StreamRequest> = {}): Promise<EventStream> {
    const stream = await EventStream.open(this.gateway.url, { query: FOLLOW, ...request });
    this.streams.push(stream);
    return stream;
  }

  person(userName: string, more: { readonly [name: string]: string } = {}): Promise<ResourceId> {
    return create(this.session, 'User', { userName, ...more });
  }
}

export function changeOf({ data }: StreamEvent): Changed {
  return (data as { readonly resourceChanged: unknown } | undefined)?.resourceChanged as Changed;
}

export function namesOf(events: readonly StreamEvent[]): readonly unknown[] {
  return events.map((event) => changeOf(event).resource?.['userName']);
}

/** What a stream says at its end, which the gateway has brought about. */
export function endedBy(code: string, message: unknown = expect.any(String)) {
  return [
    { event: 'next', errors: [{ message, extensions: expect.objectContaining({ code }) }] },
    { event: 'complete' },
  ];
}
