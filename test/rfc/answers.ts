import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';

export interface Meta {
  readonly resourceType: string;
  readonly created: string;
  readonly lastModified: string;
  readonly location: string;
  readonly version: string;
}

/** One value of a multi-valued attribute. */
export interface Value {
  readonly value: string;
  readonly type?: string;
  readonly primary?: boolean;
  readonly display?: string;
  readonly $ref?: string;
}

/** A resource in an answer, with what these tests look at; absent attributes are undefined all the same. */
export interface Shown {
  readonly [name: string]: Json | undefined;
  readonly schemas: readonly string[];
  readonly id: string;
  readonly meta: Meta & { readonly [name: string]: Json };
  readonly userName: string;
  readonly displayName: string;
}

interface List {
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly nextCursor?: string;
  readonly previousCursor?: string;
  readonly Resources: readonly Shown[];
}

export function shown(answer: ScimAnswer): Shown {
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body as unknown as Shown;
}

export function listed(answer: ScimAnswer): List {
  expect(answer.status, answer.text).toBe(200);
  return answer.body as unknown as List;
}

/** The values of a multi-valued attribute; none where it is absent. */
export function valuesOf(resource: Shown, attribute: string): readonly Value[] {
  return (resource[attribute] ?? []) as unknown as readonly Value[];
}

export async function read(scim: ScimClient, path: string): Promise<Shown> {
  return shown(await scim.get(path));
}

/** The address of a query; more parameters may follow it. */
export function query(endpoint: string, filter: string): string {
  return `${endpoint}?filter=${encodeURIComponent(filter)}`;
}

/** The names of what a filter finds, in alphabetical order. */
export async function found(scim: ScimClient, filter: string, endpoint = '/Users'): Promise<readonly string[]> {
  return namesOn(await scim.get(query(endpoint, filter))).toSorted();
}

/** userName or displayName of each resource of a list, in its order. */
export function namesOn(answer: ScimAnswer): string[] {
  return listed(answer).Resources.map(({ userName, displayName }) => userName ?? displayName);
}
